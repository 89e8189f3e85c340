package io.lexigram.cache.races;

import io.lexigram.cache.testing.MemcachedServer;

class LeaseRacesOnMemcachedIT extends LeaseRacesIT {

    @Override
    String server() {
        return MemcachedServer.shared().address();
    }

    @Override
    void flush() {
        MemcachedServer.shared().flush();
    }

    /** Who waits asks now and then; there is nothing to subscribe to. */
    @Override
    void awaitSubscribers(int number) {}
}
