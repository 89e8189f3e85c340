package io.lexigram.cache.service;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that may have been meant by one that there is not. */
public final class Misspelling {

    /** Names further apart than this share of their length are not each other's misspelling. */
    private static final double SIMILAR = 0.4;

    private Misspelling() {}

    public static Optional<String> nearest(String wrong, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(name, wrong)))
                .filter(name -> distance(name, wrong) <= Math.max(2, name.length() * SIMILAR));
    }

    /** How many characters to change, insert or leave out to make one of the other (Levenshtein). */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
