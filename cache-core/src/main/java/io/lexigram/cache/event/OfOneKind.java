package io.lexigram.cache.event;

import java.util.function.Consumer;

/** Wants one kind of event. */
record OfOneKind<E extends CacheEvent>(Class<E> kind, Consumer<? super E> listener) implements CacheEventListener {

    @Override
    public boolean accepts(Class<? extends CacheEvent> type) {
        return kind.isAssignableFrom(type);
    }

    @Override
    public void onEvent(CacheEvent event) {
        listener.accept(kind.cast(event));
    }
}
