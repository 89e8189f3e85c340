package io.lexigram.cache.invalidate;

import io.lexigram.cache.CacheKeyException;
import java.util.function.Predicate;

/**
 * A pattern over keys with the syntax of Redis: {@code *} any characters, {@code ?} one, {@code [abc]}, {@code [a-c]} and
 * {@code [^a-c]} one of a set, {@code \} takes the next character literally. It works on code points, so a {@code ?} is one
 * character in every backend.
 */
public final class Glob implements Predicate<String> {

    private final String pattern;
    private final int[] points;

    private Glob(String pattern) {
        this.pattern = pattern;
        this.points = pattern.codePoints().toArray();
        checkBrackets();
    }

    /**
     * Reads a pattern.
     *
     * @throws CacheKeyException when it is empty, ends in a lone backslash or leaves a bracket open
     */
    public static Glob of(String pattern) {
        if (pattern.isEmpty()) {
            throw new CacheKeyException("The pattern is empty. Write * for every key.");
        }
        return new Glob(pattern);
    }

    /** The characters every matching key begins with. */
    public String literalPrefix() {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (c == '*' || c == '?' || c == '[') {
                break;
            }
            prefix.appendCodePoint(c == '\\' ? points[++i] : c);
        }
        return prefix.toString();
    }

    /**
     * Whether the whole text matches. Takes time proportional to the product of both lengths at worst: the last {@code *} is
     * the only place it ever goes back to.
     */
    @Override
    public boolean test(String text) {
        int[] chars = text.codePoints().toArray();
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < chars.length) {
            if (p < points.length && points[p] == '*') {
                star = p++;
                retry = t;
            } else if (p < points.length && matchesOne(p, chars[t])) {
                p = next(p);
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < points.length && points[p] == '*') {
            p++;
        }
        return p == points.length;
    }

    @Override
    public String toString() {
        return pattern;
    }

    private boolean matchesOne(int p, int c) {
        return switch (points[p]) {
            case '?' -> true;
            case '[' -> inSet(p + 1, c);
            case '\\' -> points[p + 1] == c;
            default -> points[p] == c;
        };
    }

    private boolean inSet(int from, int c) {
        int i = from;
        boolean negated = points[i] == '^';
        if (negated) {
            i++;
        }
        boolean found = false;
        while (points[i] != ']') {
            int low = points[i] == '\\' ? points[++i] : points[i];
            int high = low;
            if (points[i + 1] == '-' && points[i + 2] != ']') {
                i += 2;
                high = points[i] == '\\' ? points[++i] : points[i];
            }
            found |= Math.min(low, high) <= c && c <= Math.max(low, high);
            i++;
        }
        return found != negated;
    }

    /** The index after the element at p. */
    private int next(int p) {
        if (points[p] == '\\') {
            return p + 2;
        }
        return points[p] == '[' ? closing(p) + 1 : p + 1;
    }

    private int closing(int open) {
        for (int i = open + 1; i < points.length; i++) {
            if (points[i] == '\\') {
                i++;
            } else if (points[i] == ']') {
                return i;
            }
        }
        throw new CacheKeyException(
                "The pattern '" + pattern + "' has an open [ without ]. Write \\[ for the character itself.");
    }

    private void checkBrackets() {
        for (int p = 0; p < points.length; p = next(p)) {
            if (points[p] == '\\' && p + 1 == points.length) {
                throw new CacheKeyException(
                        "The pattern '" + pattern + "' ends in a lone backslash. Write \\\\ for the character itself.");
            }
        }
    }
}
