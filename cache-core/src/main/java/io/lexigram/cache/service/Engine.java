package io.lexigram.cache.service;

import io.lexigram.cache.event.EventDispatcher;
import io.lexigram.cache.invalidate.Groups;
import io.lexigram.cache.invalidate.TagStamps;
import io.lexigram.cache.load.FlightLimit;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.TimeSource;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * What all regions of a service share.
 *
 * @param groupClock counts the invalidations of groups
 * @param tagsOfAllCaches the tags that were invalidated across caches
 * @param boundToThread whether the calling thread is at work that no other thread can do
 */
record Engine(
        TimeSource time,
        Workers executor,
        EntryFactory entries,
        Protection protection,
        ScheduledExecutorService scheduler,
        Redelivery redelivery,
        FlightLimit flightLimit,
        EventDispatcher events,
        Map<String, Codec> codecs,
        AtomicLong groupClock,
        TagStamps tagsOfAllCaches,
        int maxTags,
        BooleanSupplier boundToThread) {

    /** Whether what is loaded now must be loaded on this thread. */
    boolean isBoundToThread() {
        return boundToThread.getAsBoolean();
    }

    /** The groups of one region. */
    Groups groups() {
        return new Groups(groupClock, new TagStamps(groupClock, maxTags), tagsOfAllCaches);
    }
}
