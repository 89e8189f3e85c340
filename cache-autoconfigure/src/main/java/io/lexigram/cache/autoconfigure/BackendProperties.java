package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.backend.memory.CopyMode;
import io.lexigram.cache.backend.tiered.OnDisconnect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/**
 * The properties of one backend, {@code lexigram.cache.backends.<name>.*}.
 *
 * @param type Type of the backend, such as memory, redis or memcached.
 * @param enabled Whether to use the backend.
 * @param isDefault Whether caches that name no backend use it.
 * @param defaultTtl Lifetime of entries whose cache does not say another.
 * @param keyPrefix Prefix of the keys on this backend. By default the one of the cache.
 * @param maxSize Number of entries that each cache in memory holds.
 * @param maxMemory Size of the encoded values that each cache in memory holds. By default there is no bound.
 * @param copy When to copy values in memory, so that who changes an object it has does not change the cache.
 * @param cleanupInterval Time between two removals of expired entries from memory. Zero leaves them until they are met.
 * @param enableMetrics Whether to register meters for the caches on this backend.
 * @param healthCheckInterval Time for which the result of a health check is used again.
 * @param url Address of the server, such as redis://host:6379/0. By default the application's own connection is used.
 * @param host Host of the server, instead of a url.
 * @param port Port of the server.
 * @param db Number of the database on the server.
 * @param username User name at the server.
 * @param password Password at the server.
 * @param ssl Whether to use TLS.
 * @param sslBundle Name of the SSL bundle for TLS. By default the certificates of the JVM.
 * @param cluster Nodes of a cluster, instead of a url.
 * @param sentinel Sentinels that know the server, instead of a url.
 * @param deadline Longest time to wait for the server to answer an operation.
 * @param groupCheck How a read on Redis finds out which tags and caches were invalidated: exact asks with each read, and auto is exact.
 * @param socketTimeout Time after which an unanswered command is given up by the driver.
 * @param connectTimeout Longest time to wait for a connection.
 * @param servers Memcached servers, as host:port. Every application that shares them lists the same.
 * @param timeout Time after which an unanswered command to Memcached is given up by the driver.
 * @param maxPoolSize Number of connections to each Memcached server.
 * @param listKeys Whether keys may be listed on Memcached, which costs the servers a walk through all of their items. Without it there are no patterns, and removals of tags, caches and everything are not counted.
 * @param allowInsecure Whether to accept an unencrypted connection to another host in production.
 * @param allowWeakPassword Whether to accept a missing or well-known password in production.
 * @param l1 Backend of type memory whose settings the copies of a tiered backend have. By default those of a memory backend.
 * @param l2 Backend that holds the entries of a tiered backend.
 * @param l1TtlMultiplier Part of the remaining life of an entry that its copy gets, above 0 up to 1.
 * @param l1MaxTtl Longest life of a copy where the nodes cannot tell each other what was invalidated.
 * @param heartbeat Time between two signs of life that nodes with a tiered backend give each other. The same on all nodes.
 * @param onDisconnect What becomes of copies that may be outdated when l2 does not answer.
 * @param maxDisconnected Time for which copies are served that may be outdated.
 * @param options Further settings, for a backend type of the application or of a third party.
 */
@ConfigurationPropertiesSource
public record BackendProperties(
        @Nullable String type,
        @DefaultValue("true") boolean enabled,
        @Name("default") @DefaultValue("false") boolean isDefault,
        @Nullable Duration defaultTtl,
        @Nullable String keyPrefix,
        @DefaultValue("10000") long maxSize,
        @Nullable DataSize maxMemory,
        @DefaultValue("none") CopyMode copy,
        @DefaultValue("60s") Duration cleanupInterval,
        @DefaultValue("true") boolean enableMetrics,
        @DefaultValue("1s") Duration healthCheckInterval,
        @Nullable String url,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable Integer db,
        @Nullable String username,
        @Nullable String password,
        @Nullable Boolean ssl,
        @Nullable String sslBundle,
        @Nullable Cluster cluster,
        @Nullable Sentinel sentinel,
        @DefaultValue("250ms") Duration deadline,
        @DefaultValue("auto") GroupCheck groupCheck,
        @DefaultValue("5s") Duration socketTimeout,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue List<String> servers,
        @DefaultValue("1s") Duration timeout,
        @DefaultValue("2") int maxPoolSize,
        @DefaultValue("true") boolean listKeys,
        @DefaultValue("false") boolean allowInsecure,
        @DefaultValue("false") boolean allowWeakPassword,
        @Nullable String l1,
        @Nullable String l2,
        @DefaultValue("0.5") double l1TtlMultiplier,
        @DefaultValue("5s") Duration l1MaxTtl,
        @DefaultValue("1s") Duration heartbeat,
        @DefaultValue("serve-stale") OnDisconnect onDisconnect,
        @DefaultValue("30s") Duration maxDisconnected,
        @DefaultValue Map<String, String> options) {

    /**
     * A Redis Cluster.
     *
     * @param nodes Some of the nodes, as host:port.
     */
    public record Cluster(@DefaultValue List<String> nodes) {}

    /**
     * Redis Sentinel.
     *
     * @param master Name of the master.
     * @param nodes Sentinels, as host:port.
     * @param username User name at the Sentinels themselves.
     * @param password Password at the Sentinels themselves.
     */
    public record Sentinel(
            @Nullable String master,
            @DefaultValue List<String> nodes,
            @Nullable String username,
            @Nullable String password) {

        /** Says where, and never how to get in. */
        @Override
        public String toString() {
            return "Sentinel[master=" + master + ", nodes=" + nodes + "]";
        }
    }

    /** All defaults. */
    static BackendProperties ofType(@Nullable String type) {
        Map<String, String> values = type == null ? Map.of() : Map.of("backend.type", type);
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("backend", BackendProperties.class);
    }

    /** Says what kind of backend it is, and nothing that may be a secret. */
    @Override
    public String toString() {
        return "BackendProperties[type=" + type + "]";
    }
}
