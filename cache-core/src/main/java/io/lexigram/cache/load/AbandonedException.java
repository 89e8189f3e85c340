package io.lexigram.cache.load;

/** The leader of a load gave up without a value and without a failure of the loader. */
public final class AbandonedException extends Exception {

    private static final long serialVersionUID = 1L;

    AbandonedException() {
        super("The leader of the load gave up", null, false, false);
    }
}
