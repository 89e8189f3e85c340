package io.lexigram.cache.event;

/** Hears {@linkplain CacheEvent events}, never on the thread that caused them. */
@FunctionalInterface
public interface CacheEventListener {

    /** What it throws is logged and goes no further. */
    void onEvent(CacheEvent event);

    /**
     * Whether this listener wants events of the type. Asked once, when the cache is built: events that nobody wants are never
     * made.
     */
    default boolean accepts(Class<? extends CacheEvent> type) {
        return true;
    }
}
