package io.lexigram.cache.faults;

import io.lexigram.cache.history.PlantedFault;

/** How a node is made, and what is wrong with it: one with which nothing is wrong fails open, has a breaker and no fault. */
record Setup(boolean isTiered, PlantedFault fault, boolean failsOpen, boolean isGuarded) {

    static final Setup PLAIN = new Setup(false, PlantedFault.NONE, true, true);
    static final Setup TIERED = new Setup(true, PlantedFault.NONE, true, true);

    Setup fault(PlantedFault itsFault) {
        return new Setup(isTiered, itsFault, failsOpen, isGuarded);
    }

    Setup failingClosed() {
        return new Setup(isTiered, fault, false, isGuarded);
    }

    Setup unguarded() {
        return new Setup(isTiered, fault, failsOpen, false);
    }
}
