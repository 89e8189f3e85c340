package io.lexigram.cache.contract;

class BareBackendContractTest extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return EncodedFixture.bare();
    }
}
