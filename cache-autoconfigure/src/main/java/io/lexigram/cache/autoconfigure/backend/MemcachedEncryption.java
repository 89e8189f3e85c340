package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.backend.memcached.MemcachedTls;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** How the properties of a Memcached backend say that connections are encrypted. */
record MemcachedEncryption(BackendContext context, ObjectProvider<SslBundles> bundles) {

    /** Null where they are not. Refuses the name of a bundle that is not there, and one beside {@code ssl: false}. */
    @Nullable
    MemcachedTls tls() {
        Boolean ssl = context.properties().ssl();
        String bundle = context.properties().sslBundle();
        if (bundle == null) {
            return Boolean.TRUE.equals(ssl) ? MemcachedTls.ofJvm() : null;
        }
        if (Boolean.FALSE.equals(ssl)) {
            throw context.refused("ssl", false, "there is an ssl-bundle as well", "Remove one of the two.");
        }
        return of(bundle);
    }

    private MemcachedTls of(String name) {
        SslBundles all = bundles.getIfAvailable();
        if (all == null || !all.getBundleNames().contains(name)) {
            throw context.refused(
                    "ssl-bundle", name, "there is no such SSL bundle", "Configure one below spring.ssl.bundle.");
        }
        SslBundle bundle = all.getBundle(name);
        return new MemcachedTls(
                bundle.createSslContext(),
                list(bundle.getOptions().getEnabledProtocols()),
                list(bundle.getOptions().getCiphers()));
    }

    private static List<String> list(String @Nullable [] names) {
        return names == null ? List.of() : List.of(names);
    }
}
