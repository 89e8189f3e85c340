package io.lexigram.cache.contract;

class RedisClusterContractIT extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return new RedisFixture(RedisTopology.CLUSTER);
    }
}
