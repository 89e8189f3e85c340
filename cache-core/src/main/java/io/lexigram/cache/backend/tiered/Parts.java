package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.TimeSource;

/** Makes what keeps copies coherent. Tests break a part of it, to show that they notice. */
class Parts {

    Drops drops(int maxTags) {
        return new Drops(maxTags);
    }

    Copies copies(
            String namespace, EntryStore held, Drops drops, Coherence coherence, TimeSource time, double lifeShare) {
        return new Copies(namespace, held, drops, coherence, time, lifeShare);
    }

    /** @param sound what the backend allows for */
    Coherence coherence(Coherence sound) {
        return sound;
    }
}
