package io.lexigram.cache.autoconfigure.aop;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The results of one request. It goes with the request. */
final class MemoTable {

    private final Map<Place, Memo> memos = new ConcurrentHashMap<>();

    /** The result; null where there is none yet. */
    @Nullable
    Memo get(@Nullable Place place) {
        return place == null ? null : memos.get(place);
    }

    void put(@Nullable Place place, @Nullable Object result) {
        if (place != null) {
            memos.put(place, new Memo(result));
        }
    }

    void remove(@Nullable Place place, Object result) {
        if (place != null) {
            memos.computeIfPresent(place, (same, memo) -> memo.result == result ? null : memo);
        }
    }

    /**
     * @param result a value, where null is one, or the future of a value
     */
    record Memo(@Nullable Object result) {}

    /** One call of one object: two objects of a class do not share results. */
    record Place(Object target, Method method, String key) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that
                    && target == that.target
                    && method.equals(that.method)
                    && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(target) ^ method.hashCode() ^ key.hashCode();
        }
    }
}
