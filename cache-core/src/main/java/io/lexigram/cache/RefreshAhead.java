package io.lexigram.cache;

/**
 * Loads a value anew at random before it expires, the likelier the nearer its end is and the longer its load took.
 *
 * <p>XFetch, from A. Vattani, F. Chierichetti, K. Lowenstein: Optimal Probabilistic Cache Stampede Prevention, VLDB 2015.
 *
 * @param beta 1.0 is optimal for loads of about the same duration; a greater number refreshes earlier
 */
public record RefreshAhead(double beta) {

    public static final RefreshAhead DEFAULT = new RefreshAhead(1.0);

    /** @throws IllegalArgumentException when beta is not a number above zero */
    public RefreshAhead {
        if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "beta is " + beta + " but must be a number above 0; 1.0 is the usual one");
        }
    }
}
