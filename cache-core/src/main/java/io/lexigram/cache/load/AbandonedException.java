package io.lexigram.cache.load;

/** The leader of a load gave up without a value and without a failure of the loader. */
public final class AbandonedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean uncacheable;

    AbandonedException(boolean uncacheable) {
        super("The leader of the load gave up", null, false, false);
        this.uncacheable = uncacheable;
    }

    /** Whether who waited had better load without anybody's lead: what is loaded is not stored. */
    public boolean isUncacheable() {
        return uncacheable;
    }
}
