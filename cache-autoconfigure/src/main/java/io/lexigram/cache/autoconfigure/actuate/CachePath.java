package io.lexigram.cache.autoconfigure.actuate;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;

/** Where the endpoint is. Found out by the first request: to find it earlier would create all endpoints before their time. */
final class CachePath {

    private static final EndpointId ID = EndpointId.of("cache");

    private final Supplier<PathMappedEndpoints> endpoints;
    private volatile @Nullable String path;

    CachePath(ObjectProvider<PathMappedEndpoints> endpoints) {
        this.endpoints = endpoints::getObject;
    }

    /** Whether a path is the endpoint's, or below it. */
    boolean covers(String requested) {
        String known = path;
        if (known == null) {
            String mapped = endpoints.get().getPath(ID);
            known = mapped == null ? "" : mapped;
            path = known;
        }
        return !known.isEmpty()
                && requested.startsWith(known)
                && (requested.length() == known.length() || requested.charAt(known.length()) == '/');
    }
}
