package io.lexigram.cache.contract;

class TieredBackendContractTest extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return new TieredFixture();
    }
}
