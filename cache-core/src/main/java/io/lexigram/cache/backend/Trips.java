package io.lexigram.cache.backend;

import io.lexigram.cache.spi.ByteBackend.Lifetimes;
import io.lexigram.cache.spi.StoredEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what a backend answers, and knows the tick of the groups' clock behind it. As long as the backend watches the clock,
 * the answer is all that is asked for; else the clock is asked for in the same trip.
 */
final class Trips {

    private static final CompletionStage<Long> UNTIMED = CompletableFuture.completedFuture(StoredEntry.NEVER);

    private final Deadline deadline;
    private final Freshness freshness;
    private final @Nullable Lifetimes timing;

    /** @param timing asked for what is left of the life of what is read; null where that does not matter */
    Trips(Deadline deadline, Freshness freshness, @Nullable Lifetimes timing) {
        this.deadline = deadline;
        this.freshness = freshness;
        this.timing = timing;
    }

    Answer read(Supplier<CompletionStage<byte @Nullable []>> read, byte[] physical) {
        Lifetimes lifetimes = timing;
        if (lifetimes == null && freshness.isUpToDate()) {
            byte[] value = deadline.await(read);
            return new Answer(value, StoredEntry.NEVER, tick());
        }
        return deadline.await(() -> {
            CompletionStage<byte @Nullable []> value = read.get();
            CompletionStage<Long> remaining = lifetimes == null ? UNTIMED : lifetimes.ttl(physical);
            CompletionStage<Long> now = freshness.now();
            return Deadline.of(
                    value.thenCombine(remaining, Answer::new).thenCombine(now, Answer::at), value, remaining, now);
        });
    }

    Answers readMany(Supplier<CompletionStage<List<byte @Nullable []>>> read, List<byte[]> physical) {
        Lifetimes lifetimes = timing;
        if (lifetimes == null && freshness.isUpToDate()) {
            List<byte @Nullable []> values = deadline.await(read, physical.size());
            return new Answers(values, List.of(), tick());
        }
        return deadline.await(
                () -> {
                    CompletionStage<List<byte @Nullable []>> values = read.get();
                    List<CompletableFuture<Long>> remaining = lifetimes == null
                            ? List.of()
                            : physical.stream()
                                    .map(key -> lifetimes.ttl(key).toCompletableFuture())
                                    .toList();
                    CompletableFuture<Void> timed =
                            CompletableFuture.allOf(remaining.toArray(CompletableFuture[]::new));
                    CompletionStage<Long> now = freshness.now();
                    return Deadline.of(
                            values.thenCombine(timed, (found, done) -> found)
                                    .thenCombine(now, (found, stamp) -> new Answers(found, remaining, stamp)),
                            values);
                },
                physical.size());
    }

    <T extends @Nullable Object> T write(Supplier<CompletionStage<T>> write, int elements) {
        if (freshness.isUpToDate()) {
            T outcome = deadline.await(write, elements);
            tick();
            return outcome;
        }
        return deadline.await(
                () -> {
                    CompletionStage<T> outcome = write.get();
                    CompletionStage<Long> now = freshness.now();
                    return Deadline.of(outcome.thenCombine(now, (answer, tick) -> answer), outcome);
                },
                elements);
    }

    /** The tick behind the answer that is here; asked for where the clock went on since the call began. */
    private long tick() {
        return freshness.isUpToDate() ? freshness.known() : deadline.await(freshness::now);
    }

    /**
     * What one trip tells of a key.
     *
     * @param remainingMillis how long it is still kept, where this is asked for
     * @param stamp the tick of the groups' clock behind the read
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(byte @Nullable [] value, long remainingMillis, long stamp) {

        private Answer(byte @Nullable [] value, long remainingMillis) {
            this(value, remainingMillis, 0);
        }

        private Answer at(long tick) {
            return new Answer(value, remainingMillis, tick);
        }
    }

    /** As {@link Answer}, of several keys. */
    record Answers(List<byte @Nullable []> values, List<CompletableFuture<Long>> remaining, long stamp) {

        long remainingMillis(int index) {
            return remaining.isEmpty()
                    ? StoredEntry.NEVER
                    : remaining.get(index).join();
        }
    }
}
