package io.lexigram.cache.races;

import io.lexigram.cache.testing.MemcachedServer;

class StaleValueRacesOnMemcachedIT extends StaleValueRacesIT {

    @Override
    String server() {
        return MemcachedServer.shared().address();
    }
}
