package io.lexigram.cache.backend;

import io.lexigram.cache.spi.ByteBackend;

/** What a backend can do beyond the four primitives. */
final class Capability {

    private Capability() {}

    /** @throws UnsupportedOperationException when the backend does not have it */
    static <C> C require(ByteBackend backend, Class<C> capability, String verb) {
        if (capability.isInstance(backend)) {
            return capability.cast(backend);
        }
        throw new UnsupportedOperationException("A backend of type '%s' cannot %s: it does not implement %s."
                .formatted(backend.type(), verb, capability.getSimpleName()));
    }
}
