package io.lexigram.cache.testing;

import io.lexigram.cache.invalidate.Stamp;
import io.lexigram.cache.spi.ByteBackend.Generations;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Generations in the heap, to be shared by several views as nodes share a server. It can lose its state, be set back, forget
 * its log, and keep its answers back.
 */
public final class HeapGenerations implements Generations {

    private final List<String> calls = new ArrayList<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private final int maxGroups;
    private State state = new State();
    private boolean holding;

    public HeapGenerations() {
        this(Integer.MAX_VALUE);
    }

    /** @param maxGroups how many stamps to keep; the oldest are pruned */
    public HeapGenerations(int maxGroups) {
        this.maxGroups = maxGroups;
    }

    /** The names of the calls there were, since the last time this was asked for. */
    public synchronized List<String> calls() {
        List<String> since = List.copyOf(calls);
        calls.clear();
        return since;
    }

    /** As after a flush or an eviction. */
    public synchronized void lose() {
        state = new State();
    }

    /** A copy of everything, to go back to: as a restart from disk or a failover does. */
    public synchronized Runnable copy() {
        State copy = new State(state);
        return () -> setBack(new State(copy));
    }

    private synchronized void setBack(State copy) {
        state = copy;
    }

    public synchronized void forgetLog() {
        state.log.clear();
    }

    /** From now on operations are executed and their answers kept back, until {@link #answer}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Gives the answers that were kept back, in their order, and keeps no more back. */
    public void answer() {
        List<Runnable> all;
        synchronized (this) {
            holding = false;
            all = List.copyOf(held);
            held.clear();
        }
        all.forEach(Runnable::run);
    }

    @Override
    public CompletionStage<byte[]> clock() {
        return call("clock", () -> state.clock);
    }

    @Override
    public CompletionStage<byte[]> advance(List<byte[]> groups, byte[] newClock, long nonce) {
        return call("advance", () -> {
            if (state.clock == null) {
                start(newClock);
            }
            if (groups.isEmpty()) {
                return state.clock;
            }
            if (Stamp.seq(stamp(state.clock)) == Stamp.MAX_SEQ) {
                start(newClock);
            }
            tick(groups, nonce);
            return state.clock;
        });
    }

    private void start(byte[] clock) {
        state = new State();
        state.clock = clock.clone();
        state.log.put(Stamp.seq(stamp(clock)), new Tick(nonce(clock), List.of()));
    }

    private void tick(List<byte[]> groups, long nonce) {
        long stamp = stamp(state.clock) + 1;
        state.clock = ByteBuffer.allocate(16).putLong(stamp).putLong(nonce).array();
        List<ByteBuffer> names = groups.stream().map(ByteBuffer::wrap).toList();
        names.forEach(name -> state.stamps.put(name, stamp));
        state.log.put(Stamp.seq(stamp), new Tick(nonce, names));
        while (state.stamps.size() > maxGroups) {
            var oldest = state.stamps.entrySet().stream()
                    .min(Map.Entry.comparingByValue(Comparator.comparingLong(Stamp::seq)))
                    .orElseThrow();
            state.floor = oldest.getValue();
            state.stamps.remove(oldest.getKey());
        }
    }

    /** There are no entries here. */
    @Override
    public CompletionStage<Void> restamp(List<byte[]> keys, List<Long> entryIds, long stamp) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Changes> changesSince(byte[] clock) {
        return call("changesSince", () -> changes(clock));
    }

    private Changes changes(byte[] seen) {
        byte[] now = state.clock;
        if (now == null || Stamp.incarnation(stamp(now)) != Stamp.incarnation(stamp(seen))) {
            return new Changes(now, false, null);
        }
        long from = Stamp.seq(stamp(seen));
        Tick tick = state.log.get(from);
        if (Stamp.seq(stamp(now)) < from
                || stamp(now) == stamp(seen) && !Arrays.equals(now, seen)
                || tick != null && tick.nonce != nonce(seen)) {
            return new Changes(now, true, null);
        }
        if (tick == null) {
            return new Changes(now, false, null);
        }
        Map<ByteBuffer, Long> groups = new HashMap<>();
        state.log
                .tailMap(from, false)
                .forEach((seq, later) ->
                        later.groups.forEach(group -> groups.put(group, Stamp.of(Stamp.incarnation(stamp(now)), seq))));
        return new Changes(now, false, groups);
    }

    @Override
    public CompletionStage<byte[]> restart(byte[] seen, byte[] newClock) {
        return call("restart", () -> {
            if (state.clock == null || Arrays.equals(state.clock, seen)) {
                start(newClock);
            }
            return state.clock;
        });
    }

    @Override
    public CompletionStage<List<Long>> stamps(List<byte[]> groups) {
        return call("stamps", () -> groups.stream()
                .map(group -> state.stamps.getOrDefault(ByteBuffer.wrap(group), 0L))
                .toList());
    }

    @Override
    public CompletionStage<Long> floor() {
        return call("floor", () -> state.floor);
    }

    private synchronized <T> CompletionStage<T> call(String name, Supplier<T> operation) {
        calls.add(name);
        T answer = operation.get();
        if (!holding) {
            return CompletableFuture.completedFuture(answer);
        }
        CompletableFuture<T> later = new CompletableFuture<>();
        held.add(() -> later.complete(answer));
        return later;
    }

    private static long stamp(byte[] clock) {
        return ByteBuffer.wrap(clock).getLong();
    }

    private static long nonce(byte[] clock) {
        return ByteBuffer.wrap(clock).getLong(Long.BYTES);
    }

    private record Tick(long nonce, List<ByteBuffer> groups) {}

    private static final class State {

        private final Map<ByteBuffer, Long> stamps = new HashMap<>();
        private final TreeMap<Long, Tick> log = new TreeMap<>();
        private byte[] clock;
        private long floor;

        private State() {}

        private State(State other) {
            stamps.putAll(other.stamps);
            log.putAll(other.log);
            clock = other.clock;
            floor = other.floor;
        }
    }
}
