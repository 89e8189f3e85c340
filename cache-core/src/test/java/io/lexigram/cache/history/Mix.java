package io.lexigram.cache.history;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** How often each step is taken, and how long a load may last. */
enum Mix {
    /** Every kind of step, for finding what nobody thought of. */
    BROAD(0, 4) {
        @Override
        void weigh(Map<Step, Integer> weights) {
            for (Step step : Step.values()) {
                weights.put(step, 2);
            }
            weights.put(Step.GET, 20);
            weights.put(Step.GET_OR_LOAD, 40);
            weights.put(Step.GET_OR_LOAD_ADAPTIVE, 20);
            weights.put(Step.GET_OR_LOAD_ASYNC, 20);
            weights.put(Step.GET_ALL, 10);
            weights.put(Step.WRITE_AND_DELETE, 10);
            weights.put(Step.CLEAR_ALL, 1);
        }
    },
    /** Invalidations meet slow loads all the time. */
    STORM(0, 20) {
        @Override
        void weigh(Map<Step, Integer> weights) {
            weights.put(Step.GET, 10);
            weights.put(Step.GET_OR_LOAD, 60);
            weights.put(Step.GET_OR_LOAD_ADAPTIVE, 20);
            weights.put(Step.WRITE_AND_DELETE, 10);
            weights.put(Step.WRITE_AND_PUT, 5);
            weights.put(Step.DELETE, 5);
            weights.put(Step.INVALIDATE_TAG, 5);
            weights.put(Step.CLEAR, 3);
        }
    },
    /** Only groups are invalidated: what stands in the way of a stale fill is its stamp. */
    GROUPS(0, 20) {
        @Override
        void weigh(Map<Step, Integer> weights) {
            weights.put(Step.GET, 10);
            weights.put(Step.GET_OR_LOAD, 60);
            weights.put(Step.GET_OR_LOAD_ADAPTIVE, 20);
            weights.put(Step.INVALIDATE_TAG, 4);
            weights.put(Step.INVALIDATE_TAG_OF_ALL, 4);
            weights.put(Step.CLEAR, 4);
        }
    },
    /** Loads are long and seldom disturbed, so that two at once have no excuse. */
    CALM(0, 40) {
        @Override
        void weigh(Map<Step, Integer> weights) {
            weights.put(Step.GET_OR_LOAD, 80);
            weights.put(Step.GET_OR_LOAD_ADAPTIVE, 30);
            weights.put(Step.GET_OR_LOAD_ASYNC, 20);
            weights.put(Step.DELETE, 1);
            weights.put(Step.INVALIDATE_TAG, 1);
        }
    },
    /** Loads fail, and invalidations let others load beside them. */
    FAILURES(0, 20) {
        @Override
        void weigh(Map<Step, Integer> weights) {
            weights.put(Step.GET_OR_LOAD, 20);
            weights.put(Step.GET_OR_LOAD_ADAPTIVE, 60);
            weights.put(Step.DELETE, 20);
        }
    },
    /** Of many keys, a few are written and invalidated at a time, and then only read for long: what was copied wrongly stays. */
    BURSTS(0, 5) {
        @Override
        void weigh(Map<Step, Integer> weights) {
            weights.put(Step.GET, 15_000);
            weights.put(Step.GET_OR_LOAD, 20_000);
            weights.put(Step.GET_OR_LOAD_ADAPTIVE, 5_000);
            weights.put(Step.GET_OR_LOAD_ASYNC, 5_000);
            weights.put(Step.GET_ALL, 2_000);
            weights.put(Step.WRITE_AND_DELETE, 8_000);
            weights.put(Step.WRITE_AND_PUT, 8_000);
            weights.put(Step.DELETE, 2_000);
            weights.put(Step.DELETE_PATTERN, 2);
            weights.put(Step.INVALIDATE_TAG, 4);
            weights.put(Step.INVALIDATE_TAG_OF_ALL, 4);
            weights.put(Step.CLEAR, 3);
            weights.put(Step.CLEAR_ALL, 2);
        }

        /** Three steps in four are taken where it happens, the others read elsewhere. */
        @Override
        Draw draw(SplittableRandom random, int places, int step) {
            if (random.nextInt(4) == 0) {
                return new Draw(Step.GET, random.nextInt(places), random.nextLong());
            }
            int place = (step / BURST + random.nextInt(2)) % places;
            return new Draw(at(random.nextInt(total())), place, random.nextLong());
        }
    },
    /** One slow load after the other. */
    STAMPEDE(50, 50) {
        @Override
        void weigh(Map<Step, Integer> weights) {
            weights.put(Step.GET_OR_LOAD, 1);
        }
    };

    /** Those for a search that has no particular fault in mind. */
    static final List<Mix> SEARCHING = List.of(BROAD, STORM, GROUPS, CALM, FAILURES);

    /** How many steps of a thread one is long. */
    private static final int BURST = 150;

    private final Map<Step, Integer> weights = new EnumMap<>(Step.class);
    private final int total;
    private final int fastestLoadMillis;
    private final int slowestLoadMillis;

    Mix(int fastestLoadMillis, int slowestLoadMillis) {
        this.fastestLoadMillis = fastestLoadMillis;
        this.slowestLoadMillis = slowestLoadMillis;
        weigh(weights);
        this.total = weights.values().stream().mapToInt(weight -> weight).sum();
    }

    /** @param step how many were drawn before */
    Draw draw(SplittableRandom random, int places, int step) {
        return new Draw(at(random.nextInt(total)), random.nextInt(places), random.nextLong());
    }

    abstract void weigh(Map<Step, Integer> weights);

    /** How long a load takes. */
    long loadNanos(Draw draw) {
        int least = (int) TimeUnit.MILLISECONDS.toMicros(fastestLoadMillis);
        int most = (int) TimeUnit.MILLISECONDS.toMicros(slowestLoadMillis);
        return TimeUnit.MICROSECONDS.toNanos(least + draw.pick(0, most - least + 1));
    }

    int total() {
        return total;
    }

    /** @param point at least 0 and less than the total */
    Step at(int point) {
        int rest = point;
        for (Map.Entry<Step, Integer> entry : weights.entrySet()) {
            rest -= entry.getValue();
            if (rest < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalArgumentException("point is " + point + " but the total is " + total);
    }
}
