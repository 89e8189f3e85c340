package io.lexigram.cache.races;

import io.lexigram.cache.testing.MemcachedServer;

class GroupRacesOnMemcachedIT extends GroupRacesIT {

    @Override
    String server() {
        return MemcachedServer.shared().address();
    }
}
