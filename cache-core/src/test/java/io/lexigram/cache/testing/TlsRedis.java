package io.lexigram.cache.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Redis for tests that speaks TLS only, with a certificate made for it, and knows a user beside the default one, who may do
 * nothing.
 */
public final class TlsRedis implements AutoCloseable {

    public static final String USER = "cache";
    public static final String PASSWORD = "right";

    private final TlsCertificate certificate;
    private final RedisServer server;

    private TlsRedis(TlsCertificate certificate, RedisServer server) {
        this.certificate = certificate;
        this.server = server;
    }

    /** @param rules of redis-server's ACL for the user, such as {@code "~app:*", "+@all"} */
    public static TlsRedis start(String... rules) {
        TlsCertificate certificate = TlsCertificate.make();
        int port = TestServers.freePort();
        // Said last, a port counts: in the clear there is none.
        List<String> options = new ArrayList<>(List.of("--tls-port", String.valueOf(port), "--port", "0"));
        options.addAll(List.of("--tls-cert-file", certificate.certificate().toString()));
        options.addAll(List.of("--tls-key-file", certificate.key().toString()));
        options.addAll(List.of("--tls-auth-clients", "no", "--user", "default", "off"));
        options.addAll(List.of("--user", USER, "on", ">" + PASSWORD));
        options.addAll(List.of(rules));
        return new TlsRedis(certificate, RedisServer.startOnLoopback(ServerKind.REDIS, port, options));
    }

    public String host() {
        return server.host();
    }

    public int port() {
        return server.port();
    }

    /** What a client has to trust, in PEM. */
    public Path certificate() {
        return certificate.certificate();
    }

    @Override
    public void close() {
        server.close();
        certificate.close();
    }
}
