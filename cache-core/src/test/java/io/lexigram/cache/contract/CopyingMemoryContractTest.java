package io.lexigram.cache.contract;

import io.lexigram.cache.backend.memory.CopyMode;

/** Copies are no different from what they are copies of. */
class CopyingMemoryContractTest extends BackendContract {

    @Override
    protected BackendFixture fixture() {
        return new MemoryFixture(CopyMode.BOTH);
    }
}
