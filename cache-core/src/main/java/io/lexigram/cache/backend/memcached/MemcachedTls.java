package io.lexigram.cache.backend.memcached;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * How connections to Memcached are encrypted. The certificate of a server must be trusted by the context and must have in it
 * the name or the address that the server is configured with.
 *
 * @param context whom to trust, and what to show to servers that ask for a certificate
 * @param protocols such as {@code TLSv1.3}; none for those of the context
 * @param cipherSuites none for those of the context
 */
public record MemcachedTls(SSLContext context, List<String> protocols, List<String> cipherSuites) {

    public MemcachedTls {
        Objects.requireNonNull(context, "context");
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** With the protocols and cipher suites of the context. */
    public static MemcachedTls of(SSLContext context) {
        return new MemcachedTls(context, List.of(), List.of());
    }

    /**
     * Trusts what the JVM trusts.
     *
     * @throws IllegalStateException where the trust store that the system properties of the JVM name cannot be read
     */
    public static MemcachedTls ofJvm() {
        try {
            return of(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The certificates of the JVM cannot be read: " + e.getMessage(), e);
        }
    }

    void applyTo(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(String[]::new));
        }
        if (!cipherSuites.isEmpty()) {
            parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
        }
        socket.setSSLParameters(parameters);
    }
}
