package io.lexigram.cache.autoconfigure.backend;

import io.lettuce.core.SslOptions;
import io.lexigram.cache.autoconfigure.BackendContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The SSL bundles of the application, as the driver wants them. */
record RedisSslOptions(BackendContext context, ObjectProvider<SslBundles> bundles) {

    /** Refuses the name of a bundle that is not there. */
    SslOptions of(String name) {
        SslBundles all = bundles.getIfAvailable();
        if (all == null || !all.getBundleNames().contains(name)) {
            throw context.refused(
                    "ssl-bundle", name, "there is no such SSL bundle", "Configure one below spring.ssl.bundle.");
        }
        SslBundle bundle = all.getBundle(name);
        SslOptions.Builder options = SslOptions.builder()
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory());
        if (bundle.getOptions().getCiphers() != null) {
            options.cipherSuites(bundle.getOptions().getCiphers());
        }
        if (bundle.getOptions().getEnabledProtocols() != null) {
            options.protocols(bundle.getOptions().getEnabledProtocols());
        }
        return options.build();
    }
}
