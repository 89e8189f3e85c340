package io.lexigram.cache.contract;

class MemoryBackendContractTest extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return new MemoryFixture();
    }
}
