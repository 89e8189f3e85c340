package io.lexigram.cache.faults;

class RedisFaultsIT extends RedisFaults {

    RedisFaultsIT() {
        super(Setup.PLAIN);
    }
}
