package io.lexigram.cache.contract;

class RedisBackendContractIT extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return new RedisFixture();
    }
}
