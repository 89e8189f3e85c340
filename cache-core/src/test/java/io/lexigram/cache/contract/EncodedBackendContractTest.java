package io.lexigram.cache.contract;

class EncodedBackendContractTest extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return new EncodedFixture();
    }
}
