package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads at one key: every value is whole, and of those who ask for one thing one gets it. */
abstract class ConcurrencyContract extends Laws {

    private static final int THREADS = 8;

    record Pair(int writer, int round, String filler) {

        static Pair of(int writer, int round) {
            return new Pair(writer, round, (writer + "," + round + ";").repeat(200));
        }

        boolean isWhole() {
            return equals(of(writer, round));
        }
    }

    @Test
    void readers_see_whole_values_and_at_last_the_last_one_of_a_writer() {
        Cache<Pair> pairs = cache("pairs", Pair.class);
        int rounds = 100;
        pairs.put("k", Pair.of(-1, 0));
        Together.run(THREADS, thread -> () -> {
            for (int i = 0; i < rounds; i++) {
                pairs.put("k", Pair.of(thread, i));
                Pair read = pairs.get("k");
                assertThat(read).isNotNull();
                assertThat(read.isWhole())
                        .as("%d,%d is whole", read.writer(), read.round())
                        .isTrue();
            }
            return null;
        });

        Pair last = pairs.get("k");
        assertThat(last.isWhole()).isTrue();
        assertThat(last.round())
                .as("the last round of writer %d", last.writer())
                .isEqualTo(rounds - 1);
        assertThat(pairs.get("k")).isEqualTo(last);
    }

    @Test
    void threads_with_keys_of_their_own_do_not_disturb_each_other() {
        Together.run(THREADS, thread -> () -> {
            for (int i = 0; i < 100; i++) {
                texts.put("k" + thread, "v" + i);
                assertThat(texts.get("k" + thread)).isEqualTo("v" + i);
            }
            return null;
        });
    }

    @Test
    void put_if_absent_has_one_winner_and_its_value_stays() {
        for (int round = 0; round < 50; round++) {
            String key = "k" + round;
            List<Boolean> won = Together.run(THREADS, thread -> () -> texts.putIfAbsent(key, "of " + thread));

            assertThat(won).filteredOn(w -> w).hasSize(1);
            assertThat(texts.get(key)).isEqualTo("of " + won.indexOf(true));
        }
    }

    @Test
    void one_of_many_deletions_finds_the_entry() {
        for (int round = 0; round < 50; round++) {
            texts.put("k", "v");
            List<Boolean> found = Together.run(THREADS, thread -> () -> texts.delete("k"));

            assertThat(found).filteredOn(f -> f).hasSize(1);
        }
    }

    @Test
    void batches_that_overlap_count_every_entry_once() {
        List<String> keys = IntStream.range(0, 500).mapToObj(i -> "k" + i).toList();
        Map<String, String> values = keys.stream().collect(Collectors.toMap(key -> key, key -> key));
        for (int round = 0; round < 5; round++) {
            texts.putMany(values);
            List<Long> counts = Together.run(THREADS, thread -> () -> {
                List<String> own = new ArrayList<>(keys);
                Collections.rotate(own, thread * 60);
                return texts.deleteMany(own);
            });

            assertThat(counts.stream().mapToLong(c -> c).sum()).isEqualTo(keys.size());
        }
    }

    @Test
    void no_entry_escapes_its_tag_while_others_write() {
        needs(Capability.TAGS);
        assertEachIsRemovedOnce(() -> texts.invalidateTags("red"));
    }

    @Test
    void no_entry_escapes_a_sweep_while_others_write() {
        needs(Capability.KEY_SCAN);
        assertEachIsRemovedOnce(() -> texts.deletePattern("k*"));
    }

    /** Sweeps while threads put entries that are all to be swept, and once more when they are done. */
    private void assertEachIsRemovedOnce(LongSupplier sweep) {
        int writers = 6;
        int entries = 150;
        AtomicInteger writing = new AtomicInteger(writers);
        List<Long> removed = Together.run(THREADS, thread -> () -> {
            long sum = 0;
            if (thread < writers) {
                for (int i = 0; i < entries; i++) {
                    texts.put("k" + thread + "-" + i, "v", DEFAULTS.tags("red", "of-" + thread));
                }
                writing.decrementAndGet();
            } else {
                while (writing.get() > 0) {
                    sum += sweep.getAsLong();
                }
            }
            return sum;
        });

        long last = sweep.getAsLong();

        assertThat(removed.stream().mapToLong(r -> r).sum() + last).isEqualTo(writers * entries);
        for (int thread = 0; thread < writers; thread++) {
            for (int i = 0; i < entries; i++) {
                assertThat(texts.exists("k" + thread + "-" + i)).isFalse();
            }
        }
    }

    @Test
    void sweeps_that_overlap_count_every_entry_once() {
        needs(Capability.KEY_SCAN, Capability.TAGS);
        Map<String, String> values = IntStream.range(0, 500).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
        texts.putMany(values, DEFAULTS.tags("red"));
        AtomicInteger turn = new AtomicInteger();

        List<Long> counts = Together.run(THREADS, thread -> () -> switch (turn.getAndIncrement() % 4) {
            case 0 -> texts.clear();
            case 1 -> texts.invalidateTags("red");
            case 2 -> service.deletePattern("texts:k*");
            default -> texts.deletePattern("k*");
        });

        assertThat(counts.stream().mapToLong(c -> c).sum()).isEqualTo(values.size());
        assertThat(texts.getMany(values.keySet()).found()).isEmpty();
    }
}
