package io.lexigram.cache.history;

import java.util.Set;

/**
 * What an invalidation hits.
 *
 * @param cache empty for all caches
 * @param text the key, the literal beginning of the pattern, or the tag
 */
record Scope(Kind kind, String cache, String text) {

    enum Kind {
        KEY,
        BEGINNING,
        TAG,
        ALL
    }

    static Scope key(Place place) {
        return new Scope(Kind.KEY, place.cache(), place.key());
    }

    boolean covers(Place place, Set<String> tags) {
        return isOf(place.cache())
                && switch (kind) {
                    case KEY -> place.key().equals(text);
                    case BEGINNING -> place.key().startsWith(text);
                    case TAG -> tags.contains(text);
                    case ALL -> true;
                };
    }

    /** Whether it ends the sharing of a load under way, whose tags are not known before it ends. */
    boolean detaches(Place place) {
        return covers(place, kind == Kind.TAG ? Set.of(text) : Set.of());
    }

    private boolean isOf(String name) {
        return cache.isEmpty() || cache.equals(name);
    }

    @Override
    public String toString() {
        String where = cache.isEmpty() ? "all caches" : cache;
        return switch (kind) {
            case KEY -> cache + ":" + text;
            case BEGINNING -> "pattern " + text + "* of " + where;
            case TAG -> "tag " + text + " of " + where;
            case ALL -> "everything of " + where;
        };
    }
}
