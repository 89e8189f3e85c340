package io.lexigram.benchmarks.process;

import io.lexigram.benchmarks.ChildJvm;
import io.lexigram.benchmarks.Product;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Threads of one JVM that ask for a key at the same moment. A line names the key; it answers "ready", and at the next line
 * with how often the loader ran and what each thread waited, in nanoseconds.
 */
final class StampedeCallers {

    private static final int WARM_UPS = 1_000;

    private final Loading cache;
    private final int threads;

    private StampedeCallers(Loading cache, int threads) {
        this.cache = cache;
        this.threads = threads;
    }

    /** @param arguments the name of a cache, and how many threads */
    public static void main(String[] arguments) throws Exception {
        StampedeCallers callers = new StampedeCallers(Loadings.named(arguments[0]), Integer.parseInt(arguments[1]));
        callers.warmUp();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String key = in.readLine(); key != null; key = in.readLine()) {
            callers.call(key, in);
        }
        System.exit(0);
    }

    /** So that no stampede measures the loading of classes. */
    private void warmUp() throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            String key = UUID.randomUUID().toString();
            cache.get(key, () -> Product.of(key));
        }
    }

    private void call(String key, BufferedReader in) throws IOException, InterruptedException {
        CountDownLatch waiting = new CountDownLatch(threads);
        CountDownLatch begin = new CountDownLatch(1);
        AtomicInteger loads = new AtomicInteger();
        long[] nanos = new long[threads];
        Thread[] callers = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            int caller = i;
            callers[i] = new Thread(() -> nanos[caller] = ask(key, waiting, begin, loads));
            callers[i].start();
        }
        waiting.await();
        ChildJvm.say("ready");
        in.readLine();
        begin.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        ChildJvm.say(
                loads + " " + Arrays.stream(nanos).mapToObj(String::valueOf).collect(Collectors.joining(" ")));
    }

    private long ask(String key, CountDownLatch waiting, CountDownLatch begin, AtomicInteger loads) {
        waiting.countDown();
        try {
            begin.await();
            long called = System.nanoTime();
            Product product = cache.get(key, () -> load(key, loads));
            long answered = System.nanoTime();
            if (product == null) {
                throw new IllegalStateException("No answer for " + key);
            }
            return answered - called;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Product load(String key, AtomicInteger loads) throws InterruptedException {
        loads.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(Stampede.LOADER_MILLIS);
        return Product.of(key);
    }
}
