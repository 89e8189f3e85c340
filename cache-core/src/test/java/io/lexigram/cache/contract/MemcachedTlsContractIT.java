package io.lexigram.cache.contract;

import org.junit.jupiter.api.Nested;

/**
 * The laws that depend on what a client does with commands and answers. That of all others is in
 * {@link MemcachedBackendContractIT}: what is behind the client is the same.
 */
class MemcachedTlsContractIT {

    @Nested
    class ReadsAndWrites extends ReadWriteContract {
        @Override
        BackendFixture fixture() {
            return new MemcachedTlsFixture();
        }
    }

    @Nested
    class Numbers extends NumberContract {
        @Override
        BackendFixture fixture() {
            return new MemcachedTlsFixture();
        }
    }
}
