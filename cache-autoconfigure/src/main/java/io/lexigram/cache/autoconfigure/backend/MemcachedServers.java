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

    MemcachedServers(BackendContext context) {
        this.context = context;
        this.properties = context.properties();
    }

    MemcachedSettings settings() {
        refuseForeign("url", properties.url());
        refuseForeign("db", properties.db());
        refuseForeign("username", properties.username());
        refuseForeign("password", properties.password() == null ? null : "***");
        refuseEncryption("ssl", Boolean.TRUE.equals(properties.ssl()) ? true : null);
        refuseEncryption("ssl-bundle", properties.sslBundle());
        List<String> servers = servers();
        MemcachedSettings settings = new MemcachedSettings(
                servers, properties.connectTimeout(), properties.timeout(), properties.maxPoolSize());
        checkEncryption(servers);
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

    private void refuseEncryption(String property, @Nullable Object value) {
        if (value != null) {
            throw context.refused(
                    property,
                    value,
                    "the driver of Memcached cannot encrypt",
                    "Let a TLS client beside the application, such as stunnel or Envoy, connect to the servers, and name"
                            + " its loopback address in servers; or use a backend of type redis with ssl: true.");
        }
    }

    /** The driver has neither encryption nor passwords. */
    private void checkEncryption(List<String> servers) {
        if (context.environment() != CacheEnvironment.PRODUCTION || properties.allowInsecure()) {
            return;
        }
        for (String server : servers) {
            if (!LoopbackHosts.contain(server.substring(0, server.lastIndexOf(':')))) {
                throw context.refused(
                        "allow-insecure",
                        false,
                        "the connection to " + server + " cannot be encrypted, and this is production",
                        "Reach it through a TLS client on the loopback address, or write allow-insecure: true if nobody else"
                                + " can listen there.");
            }
        }
    }
}
