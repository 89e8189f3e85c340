package io.lexigram.cache.races;

import io.lexigram.cache.testing.MemcachedServer;

class RemovalRacesOnMemcachedIT extends RemovalRacesIT {

    @Override
    String server() {
        return MemcachedServer.shared().address();
    }
}
