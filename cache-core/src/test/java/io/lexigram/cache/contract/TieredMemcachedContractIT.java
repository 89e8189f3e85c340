package io.lexigram.cache.contract;

class TieredMemcachedContractIT extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return new TieredMemcachedFixture();
    }
}
