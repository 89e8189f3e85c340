package io.lexigram.cache.contract;

import org.junit.jupiter.api.Nested;

/**
 * The laws that depend on what a client does with commands and answers. All others are those of
 * {@link MemcachedBackendContractIT}, which are kept by what uses the client.
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
