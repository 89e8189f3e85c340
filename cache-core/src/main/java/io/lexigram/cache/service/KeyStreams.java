package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Keys are read while a stream is: so come the faults. */
final class KeyStreams {

    private KeyStreams() {}

    /** The same keys; a fault on the way goes to the handler, and is the end of the stream unless the handler throws. */
    static <T> Stream<T> watched(Stream<T> keys, Consumer<CacheException> onFault) {
        return StreamSupport.stream(new Watched<>(keys.spliterator(), onFault), false)
                .onClose(keys::close);
    }

    private static final class Watched<T> extends AbstractSpliterator<T> {

        private final Spliterator<T> keys;
        private final Consumer<CacheException> onFault;

        Watched(Spliterator<T> keys, Consumer<CacheException> onFault) {
            super(Long.MAX_VALUE, NONNULL);
            this.keys = keys;
            this.onFault = onFault;
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> action) {
            Taken<T> taken = new Taken<>();
            try {
                keys.tryAdvance(taken);
            } catch (CacheException e) {
                onFault.accept(e);
            }
            return taken.handTo(action);
        }
    }

    /** At most one key, so that what the reader of the stream throws is not taken for a fault of the cache. */
    private static final class Taken<T> implements Consumer<T> {

        private @Nullable T key;

        @Override
        public void accept(T key) {
            this.key = key;
        }

        boolean handTo(Consumer<? super T> action) {
            if (key == null) {
                return false;
            }
            action.accept(key);
            return true;
        }
    }
}
