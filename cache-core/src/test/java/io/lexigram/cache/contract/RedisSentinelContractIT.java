package io.lexigram.cache.contract;

class RedisSentinelContractIT extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return new RedisFixture(RedisTopology.SENTINEL);
    }
}
