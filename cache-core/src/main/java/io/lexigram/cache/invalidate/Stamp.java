package io.lexigram.cache.invalidate;

/**
 * A tick of the clock of generations in a long: the upper 28 bits name the incarnation of the clock, from 1 on, and the lower
 * 36 bits are the seq, which begins with 0. Stamps of one incarnation compare like their seqs; those of different incarnations
 * do not compare.
 */
public final class Stamp {

    public static final long MAX_INCARNATION = (1L << 28) - 1;
    public static final long MAX_SEQ = (1L << 36) - 1;

    private static final int SEQ_BITS = 36;

    private Stamp() {}

    /** @throws IllegalArgumentException when the incarnation or the seq has no room */
    public static long of(long incarnation, long seq) {
        if (incarnation < 1 || incarnation > MAX_INCARNATION) {
            throw new IllegalArgumentException(
                    "incarnation is " + incarnation + " but must be from 1 to " + MAX_INCARNATION);
        }
        if (seq < 0 || seq > MAX_SEQ) {
            throw new IllegalArgumentException("seq is " + seq + " but must be from 0 to " + MAX_SEQ);
        }
        return incarnation << SEQ_BITS | seq;
    }

    public static long incarnation(long stamp) {
        return stamp >>> SEQ_BITS;
    }

    public static long seq(long stamp) {
        return stamp & MAX_SEQ;
    }
}
