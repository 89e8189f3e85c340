package io.lexigram.cache.testing;

import java.util.List;
import java.util.function.IntFunction;

/**
 * How a kind of server is started.
 *
 * @param image the Docker image, overridden by the system property {@code lexigram.test.<name>.image}
 * @param containerPort the port it listens on in its container
 * @param command the command line, as it is in a container
 * @param local what is added to it for a process on the loopback address, given a port
 * @param readyLine what its log says when it answers
 * @param install what to tell who has neither Docker nor the binary
 */
record ServerKind(
        String name,
        String image,
        int containerPort,
        List<String> command,
        IntFunction<List<String>> local,
        String readyLine,
        String install) {

    /** What is started for Redis where there is no Docker engine: another server that speaks its protocol may be named. */
    private static final String REDIS_BINARY = System.getProperty("lexigram.test.redis.binary", "redis-server");

    static final ServerKind REDIS = new ServerKind(
            "redis",
            "redis:7-alpine",
            6379,
            List.of(REDIS_BINARY, "--save", "", "--appendonly", "no"),
            port -> List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"),
            "Ready to accept connections",
            "The tests need a Redis server: start a Docker engine, or install redis-server 6.2 or newer"
                    + " (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis).");

    /** The options are lines of its configuration, which it keeps in a file of its own. */
    static final ServerKind SENTINEL = new ServerKind(
            REDIS.name(),
            REDIS.image(),
            REDIS.containerPort(),
            List.of(
                    "sh",
                    "-c",
                    "printf '%s\\n' \"$@\" > sentinel.conf && exec " + REDIS_BINARY + " sentinel.conf --sentinel",
                    "sh"),
            port -> List.of("port " + port, "bind 127.0.0.1"),
            "+monitor master",
            REDIS.install());

    static final ServerKind MEMCACHED = new ServerKind(
            "memcached",
            "memcached:1.6-alpine",
            11211,
            List.of("memcached", "-vv", "-u", "nobody"),
            port -> List.of("-p", String.valueOf(port), "-l", "127.0.0.1"),
            "server listening",
            "The tests need a Memcached server: start a Docker engine, or install memcached 1.5.6 or newer"
                    + " (Debian and Ubuntu: apt-get install memcached; macOS: brew install memcached).");

    String chosenImage() {
        return System.getProperty("lexigram.test." + name + ".image", image);
    }

    String binary() {
        return command.get(0);
    }
}
