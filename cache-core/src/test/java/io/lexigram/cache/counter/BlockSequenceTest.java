package io.lexigram.cache.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockSequenceTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicLong counter = new AtomicLong();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aBlockIsFetchedOncePerItsSize() {
        BlockSequence sequence = new BlockSequence(this::fetchHundred, 100);

        List<Long> numbers =
                LongStream.range(0, 1_000).map(i -> sequence.next()).boxed().toList();

        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1_000).boxed().toList());
        assertThat(fetches).hasValue(10);
    }

    @Test
    void nothingIsFetchedBeforeTheFirstNumber() {
        new BlockSequence(this::fetchHundred, 100).close();

        assertThat(fetches).hasValue(0);
    }

    @Test
    void oneThreadFetchesWhileTheOthersWait() {
        CountDownLatch answer = new CountDownLatch(1);
        BlockSequence sequence = new BlockSequence(
                () -> {
                    await(answer);
                    return fetchHundred();
                },
                100);

        List<Thread> waiting = new ArrayList<>();
        List<CompletableFuture<Long>> numbers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            numbers.add(CompletableFuture.supplyAsync(
                    () -> {
                        synchronized (waiting) {
                            waiting.add(Thread.currentThread());
                        }
                        return sequence.next();
                    },
                    threads));
        }
        Awaitility.await().until(() -> {
            synchronized (waiting) {
                return waiting.size() == 8 && waiting.stream().allMatch(BlockSequenceTest::waits);
            }
        });
        answer.countDown();

        assertThat(numbers.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 8).boxed().toList());
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aFailedFetchFailsThoseWhoWaitAndIsTriedAnewByTheNextCall() {
        CacheConnectionException down = new CacheConnectionException("down", null);
        AtomicInteger attempts = new AtomicInteger();
        BlockSequence sequence = new BlockSequence(
                () -> {
                    if (attempts.getAndIncrement() == 0) {
                        throw down;
                    }
                    return fetchHundred();
                },
                100);

        assertThatThrownBy(sequence::next).isSameAs(down);

        assertThat(sequence.next()).isEqualTo(1);
        assertThat(sequence.next()).isEqualTo(2);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aWaitingCallerGetsTheFailureItself() {
        CacheConnectionException down = new CacheConnectionException("down", null);
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        BlockSequence sequence = new BlockSequence(
                () -> {
                    fetching.countDown();
                    await(answer);
                    throw down;
                },
                100);
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(sequence::next, threads);
        await(fetching);
        CompletableFuture<Thread> second = new CompletableFuture<>();
        CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(
                () -> {
                    second.complete(Thread.currentThread());
                    return sequence.next();
                },
                threads);
        Awaitility.await().until(() -> waits(second.join()));
        answer.countDown();

        assertThatThrownBy(first::join).hasCause(down);
        assertThatThrownBy(waiting::join).hasCause(down);
    }

    @Test
    void eightThreadsGetEveryNumberOnce() {
        int each = 200_000;
        BlockSequence sequence = new BlockSequence(this::fetchHundred, 100);
        AtomicIntegerArray seen = new AtomicIntegerArray(8 * each + 1);
        CyclicBarrier start = new CyclicBarrier(8);

        List<CompletableFuture<Void>> takers = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            takers.add(CompletableFuture.runAsync(
                    () -> {
                        await(start);
                        for (int i = 0; i < each; i++) {
                            seen.incrementAndGet((int) sequence.next());
                        }
                    },
                    threads));
        }
        takers.forEach(CompletableFuture::join);

        assertThat(seen.get(0)).isZero();
        assertThat(IntStream.rangeClosed(1, 8 * each).filter(number -> seen.get(number) != 1))
                .isEmpty();
        assertThat(fetches).hasValue(8 * each / 100);
    }

    @Test
    void theHighestNumberIsHandedOut() {
        BlockSequence sequence = new BlockSequence(() -> Long.MAX_VALUE - 1, 2);

        assertThat(sequence.next()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(sequence.next()).isEqualTo(Long.MAX_VALUE);
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private long fetchHundred() {
        fetches.incrementAndGet();
        return counter.getAndAdd(100) + 1;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
