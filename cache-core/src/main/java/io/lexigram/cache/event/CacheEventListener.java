package io.lexigram.cache.event;

import java.util.function.Consumer;

/**
 * Hears {@linkplain CacheEvent events}, never on the thread that caused them. A listener that fails or takes for ever harms
 * itself alone: what it has no time for is dropped.
 */
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

    /** A listener to one kind of event, so that no other is made for it. */
    static <E extends CacheEvent> CacheEventListener to(Class<E> kind, Consumer<? super E> listener) {
        return new OfOneKind<>(kind, listener);
    }
}
