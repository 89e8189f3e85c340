package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheConfigurationException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the servers are and how long to wait for them.
 *
 * @param servers as {@code host:port}; every application that shares them lists the same, written alike
 * @param connectTimeout the longest wait for a connection to be accepted
 * @param timeout the longest wait for the answer to one command
 * @param poolSize connections to each server; the commands of one key all go through the same one
 * @param tls null to talk in the clear
 */
public record MemcachedSettings(
        List<String> servers,
        Duration connectTimeout,
        Duration timeout,
        int poolSize,
        @Nullable MemcachedTls tls) {

    public static final int DEFAULT_PORT = 11211;

    private static final int MOST_CONNECTIONS = 64;

    /** @throws CacheConfigurationException when there is no server, one is no address or there twice, or a number is out of range */
    public MemcachedSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new CacheConfigurationException("servers", servers, "name at least one, such as localhost:11211");
        }
        for (String server : servers) {
            address(server);
        }
        if (new HashSet<>(servers).size() < servers.size()) {
            throw new CacheConfigurationException("servers", servers, "name each server once");
        }
        refuseNotPositive("connect-timeout", connectTimeout);
        refuseNotPositive("timeout", timeout);
        if (poolSize < 1 || poolSize > MOST_CONNECTIONS) {
            throw new CacheConfigurationException(
                    "max-pool-size", poolSize, "write a number from 1 to " + MOST_CONNECTIONS);
        }
    }

    /**
     * Without TLS.
     *
     * @throws CacheConfigurationException as with it
     */
    public MemcachedSettings(List<String> servers, Duration connectTimeout, Duration timeout, int poolSize) {
        this(servers, connectTimeout, timeout, poolSize, null);
    }

    /** These servers, in the clear, 1 s for a connection, 1 s for an answer, and 2 connections to each server. */
    public static MemcachedSettings of(List<String> servers) {
        return new MemcachedSettings(servers, Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
    }

    /** The same, encrypted. */
    public MemcachedSettings with(MemcachedTls tls) {
        return new MemcachedSettings(servers, connectTimeout, timeout, poolSize, tls);
    }

    List<InetSocketAddress> addresses() {
        return IntStream.range(0, servers.size()).mapToObj(this::address).toList();
    }

    /** That of the server with this index, looked up anew. */
    InetSocketAddress address(int server) {
        InetSocketAddress address = address(servers.get(server));
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    private static InetSocketAddress address(String server) {
        int colon = server.lastIndexOf(':');
        String host = colon < 0 ? "" : server.substring(0, colon);
        if (host.isBlank() || !host.equals(host.strip()) || host.contains("://")) {
            throw notAnAddress(server);
        }
        try {
            return InetSocketAddress.createUnresolved(host, Integer.parseInt(server.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw notAnAddress(server);
        }
    }

    private static CacheConfigurationException notAnAddress(String server) {
        return new CacheConfigurationException("servers", server, "write host:port, such as localhost:11211");
    }

    private static void refuseNotPositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new CacheConfigurationException(name, duration, "write a duration above zero, such as 1s");
        }
    }
}
