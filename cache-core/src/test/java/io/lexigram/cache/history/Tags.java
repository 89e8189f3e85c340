package io.lexigram.cache.history;

import java.util.List;
import java.util.Set;

/** The tags of entries: one that follows from the key, and one that a loader may draw. */
final class Tags {

    private static final List<String> FIXED = List.of("even", "odd");
    private static final List<String> DRAWN = List.of("red", "green");
    private static final int INDEX = 2;

    private Tags() {}

    static Set<String> of(Place place) {
        return Set.of(place.key().startsWith(FIXED.get(0)) ? FIXED.get(0) : FIXED.get(1));
    }

    static Set<String> drawn(Task task) {
        return Set.of(
                Tags.of(task.place()).iterator().next(), DRAWN.get(task.draw().pick(INDEX, DRAWN.size())));
    }

    /** Any of them, for an invalidation. */
    static String any(Draw draw) {
        List<String> from = draw.pick(INDEX + 1, 2) == 0 ? FIXED : DRAWN;
        return from.get(draw.pick(INDEX + 2, from.size()));
    }
}
