package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.BackendProperties;
import io.lexigram.cache.autoconfigure.CacheEnvironment;
import io.lexigram.cache.backend.memcached.MemcachedSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the properties of a Memcached backend say that the servers are. */
final class MemcachedServers {

    private final BackendContext context;
    private final BackendProperties properties;
    private final MemcachedEncryption encryption;

    MemcachedServers(BackendContext context, MemcachedEncryption encryption) {
        this.context = context;
        this.properties = context.properties();
        this.encryption = encryption;
    }

    MemcachedSettings settings() {
        refuseForeign("url", properties.url());
        refuseForeign("db", properties.db());
        refuseForeign("username", properties.username());
        refuseForeign("password", properties.password() == null ? null : "***");
        MemcachedSettings settings = new MemcachedSettings(
                servers(),
                properties.connectTimeout(),
                properties.timeout(),
                properties.maxPoolSize(),
                encryption.tls());
        checkEncryption(settings);
        return settings;
    }

    private List<String> servers() {
        String host = properties.host();
        if (host == null && properties.servers().isEmpty()) {
            throw context.refused(
                    "servers",
                    null,
                    "nothing says where Memcached is",
                    "Write servers: [\"localhost:11211\"], or host.");
        }
        if (host == null) {
            if (properties.port() != null) {
                throw context.refused(
                        "port",
                        properties.port(),
                        "it belongs to host",
                        "Write the ports of servers behind their hosts.");
            }
            return properties.servers();
        }
        if (!properties.servers().isEmpty()) {
            throw context.refused("host", host, "there are servers as well", "Keep one of the two.");
        }
        Integer port = properties.port();
        return List.of(host + ":" + (port == null ? MemcachedSettings.DEFAULT_PORT : port));
    }

    private void refuseForeign(String property, @Nullable Object value) {
        if (value != null) {
            throw context.refused(
                    property,
                    value,
                    "the Memcached backend has no such thing",
                    "Remove it; servers says where they are.");
        }
    }

    /** Refuses, in production, to send keys and values over a network in the clear. */
    private void checkEncryption(MemcachedSettings settings) {
        if (context.environment() != CacheEnvironment.PRODUCTION
                || settings.tls() != null
                || properties.allowInsecure()) {
            return;
        }
        for (String server : settings.servers()) {
            if (!LoopbackHosts.contain(server.substring(0, server.lastIndexOf(':')))) {
                throw context.refused(
                        "ssl",
                        Boolean.TRUE.equals(properties.ssl()),
                        "the connection of backend '" + context.name() + "' to " + server
                                + " would not be encrypted, and this is production",
                        "Write ssl: true or ssl-bundle, or allow-insecure: true if nobody else can listen there.");
            }
        }
    }
}
