package io.lexigram.cache.faults;

class TieredFaultsIT extends RedisFaults {

    TieredFaultsIT() {
        super(Setup.TIERED);
    }
}
