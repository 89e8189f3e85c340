package io.lexigram.benchmarks;

/** What an annotated method answers from, until everything is cached. */
public final class Source {

    private volatile boolean sealed;

    public Product load(String id) {
        if (sealed) {
            throw new IllegalStateException("A miss of " + id + " in a benchmark of hits");
        }
        return Product.of(id);
    }

    /** From now on a load is an error. */
    public void seal() {
        sealed = true;
    }
}
