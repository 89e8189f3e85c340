package io.lexigram.cache.contract;

class MemcachedBackendContractIT extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return new MemcachedFixture();
    }
}
