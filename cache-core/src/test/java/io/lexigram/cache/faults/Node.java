package io.lexigram.cache.faults;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.resilience.CircuitBreakerSettings;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One process of an application, with the default settings: threads that read through all the time, and one that changes values
 * which only this node changes. A change that has returned must be seen here by every read that begins later, fault or not.
 */
final class Node implements AutoCloseable {

    static final Duration HEARTBEAT = Duration.ofMillis(200);

    private static final int READERS = 2;
    private static final int OWN_KEYS = 5;
    private static final int MOST_FINDINGS = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name;
    private final Source source;
    private final CountedBytes wire = new CountedBytes();
    private final CacheService service;
    private final Cache<String> cache;
    private final Map<String, Long> seenHere = new ConcurrentHashMap<>();
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean excused;
    private volatile boolean anew;
    private volatile boolean stopped;

    Node(String name, ByteBackend backend, KeyCodec keys, Setup setup, Source source) {
        this.name = name;
        this.source = source;
        CacheBackend shared = new EncodedBackend(
                wire.around(setup.fault().plantedIn(backend)),
                keys,
                EncodedBackend.DEFAULT_DEADLINE,
                TimeSource.SYSTEM);
        this.service = LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("main", setup.isTiered() ? tiered(shared, setup) : shared)
                .failOpen(setup.failsOpen())
                .circuitBreaker(setup.isGuarded() ? CircuitBreakerSettings.DEFAULT : null)
                .build();
        this.cache = service.cache(CacheSpec.of("c", String.class).eternal().build());
    }

    private static CacheBackend tiered(CacheBackend shared, Setup setup) {
        return setup.fault()
                .tier()
                .tier(MemoryBackend.builder().build(), shared)
                .heartbeat(HEARTBEAT)
                .build();
    }

    static List<String> keysOf(String node) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < OWN_KEYS; i++) {
            keys.add(node + i);
        }
        return keys;
    }

    Cache<String> cache() {
        return cache;
    }

    /** Begins to read the keys of these nodes, and to change its own. */
    void start(List<String> nodes) {
        List<String> all = new ArrayList<>();
        nodes.forEach(node -> all.addAll(keysOf(node)));
        for (int i = 0; i < READERS; i++) {
            begin("reader", () -> read(one(all)));
        }
        begin("writer", this::change);
    }

    private void begin(String kind, Runnable step) {
        Thread thread = new Thread(
                () -> {
                    while (!stopped) {
                        attempt(kind, step);
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                },
                name + "-" + kind);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void attempt(String kind, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            find(kind + " got " + e);
        }
    }

    private void find(String what) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(name + ": " + what);
        }
    }

    private static String one(List<String> keys) {
        return keys.get(ThreadLocalRandom.current().nextInt(keys.size()));
    }

    private void read(String key) {
        long least = excused ? 0 : seenHere.getOrDefault(key, 0L);
        String value = load(key);
        if (Source.version(key, value) < least) {
            find("read " + value + " after version " + least + " was made known");
        }
    }

    /** Puts and deletions by turns, as chance has it. */
    private void change(String key) {
        long version = source.change(key);
        if (ThreadLocalRandom.current().nextBoolean()) {
            cache.put(key, Source.value(key, version));
        } else {
            cache.delete(key);
        }
        seenHere.put(key, version);
    }

    /** Until it is over, what was made known may be undone: the server that confirmed it was replaced by one that never heard. */
    void excuse() {
        excused = true;
    }

    /** Has all that it changes changed once more, on the server there is now. */
    void changeAnew() {
        anew = true;
    }

    boolean isChangedAnew() {
        return !anew;
    }

    private void change() {
        if (anew) {
            keysOf(name).forEach(this::change);
            excused = false;
            anew = false;
        } else {
            change(one(keysOf(name)));
        }
    }

    private String load(String key) {
        return String.valueOf(cache.<RuntimeException>get(key, () -> source.load(key)));
    }

    /** Whether a read of the key is answered with its last version. */
    boolean isCurrent(String key) {
        return load(key).equals(source.load(key));
    }

    /** Ends its threads, and returns what was wrong: exceptions and stale values. */
    List<String> stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(findings);
    }

    boolean isOpen() {
        return "OPEN".equals(service.backends().get("main").circuitBreaker());
    }

    /** Whether calls are made again, and all that had to be made known has been. */
    boolean isRecovered() {
        String state = service.backends().get("main").circuitBreaker();
        return (state == null || state.equals("CLOSED")) && service.metrics().pendingInvalidations() == 0;
    }

    /** Reads many times. @return how many calls reached the backend meanwhile, of all threads */
    long callsOfReads(int times) {
        long before = wire.calls();
        for (int i = 0; i < times; i++) {
            cache.<RuntimeException>get("any" + i, () -> "loaded");
        }
        return wire.calls() - before;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        service.close();
    }
}
