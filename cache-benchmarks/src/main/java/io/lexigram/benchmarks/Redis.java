package io.lexigram.benchmarks;

import io.lexigram.cache.testing.RedisServer;

/** The server of the benchmarks. */
public final class Redis {

    /** The system property with the address of a server that runs already. */
    public static final String PROPERTY = "lexigram.benchmarks.redis";

    private Redis() {}

    /** {@code redis://host:port} of the server that the system property names, or of one that ends with this process. */
    public static String uri() {
        String given = System.getProperty(PROPERTY);
        return given == null ? RedisServer.shared().getUri() : given;
    }

    /** Empties the server, unless it is one that ran already. */
    public static void flush() {
        if (System.getProperty(PROPERTY) == null) {
            RedisServer.shared().flush();
        }
    }
}
