package io.lexigram.cache.history;

import java.util.SplittableRandom;

/**
 * What chance decided for one step.
 *
 * @param place the key, as a number
 * @param salt decides the rest: delays, tags, failures
 */
record Draw(Step step, int place, long salt) {

    /** The same sequence for the same seed and thread, whatever the cache answers. */
    static Source of(Plan plan, int thread) {
        SplittableRandom random = new SplittableRandom(plan.seed() * 1_000_003 + plan.threadNumber(thread) * 7_919L);
        return new Source() {
            private int step;

            @Override
            public Draw next() {
                return plan.mix().draw(random, plan.places(), step++);
            }
        };
    }

    /** A number of at least 0 and less than the bound; each index gives another. */
    int pick(int index, int bound) {
        return new SplittableRandom(salt + index).nextInt(bound);
    }

    /** One after the other. */
    interface Source {
        Draw next();
    }
}
