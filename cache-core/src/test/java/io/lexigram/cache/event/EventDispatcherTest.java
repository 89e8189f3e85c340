package io.lexigram.cache.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.ManualTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventDispatcherTest {

    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final List<CacheEvent> heard = new ArrayList<>();

    @Test
    void deliversInOrderAndNotOnTheThreadOfTheCause() {
        EventDispatcher dispatcher = dispatcher(heard::add, 10);

        dispatcher.publish(new CacheEvent.Hit("c", "1"));
        dispatcher.publish(new CacheEvent.Miss("c", "2"));
        assertThat(heard).isEmpty();
        runAll();

        assertThat(heard).containsExactly(new CacheEvent.Hit("c", "1"), new CacheEvent.Miss("c", "2"));
    }

    @Test
    void dropsAndCountsWhatDoesNotFit() {
        EventDispatcher dispatcher = dispatcher(heard::add, 2);

        for (int i = 0; i < 5; i++) {
            dispatcher.publish(new CacheEvent.Hit("c", "" + i));
        }
        runAll();

        assertThat(heard).hasSize(2);
        assertThat(dispatcher.dropped()).isEqualTo(3);
    }

    @Test
    void aListenerThatFailsDoesNotKeepTheNextEventFromItselfNorAnyFromTheOthers() {
        List<CacheEvent> tried = new ArrayList<>();
        EventDispatcher dispatcher = dispatcher(
                List.of(
                        event -> {
                            tried.add(event);
                            throw new AssertionError("broken listener");
                        },
                        heard::add),
                10);

        dispatcher.publish(new CacheEvent.Connected("redis"));
        dispatcher.publish(new CacheEvent.Disconnected("redis"));
        runAll();
        dispatcher.publish(new CacheEvent.Connected("redis"));
        runAll();

        assertThat(heard).hasSize(3);
        assertThat(tried).hasSize(3);
    }

    /** With one queue or one thread for all of them, nobody would hear anything any more. */
    @Test
    void aListenerThatHangsKeepsNothingFromTheOthersAndNobodyFromGoingOn() throws InterruptedException {
        CountDownLatch neverCounted = new CountDownLatch(1);
        BlockingQueue<CacheEvent> others = new LinkedBlockingQueue<>();
        EventDispatcher dispatcher = new EventDispatcher(
                List.of(event -> hang(neverCounted), others::add), EventDispatcher.ownThreads(), 10, TimeSource.SYSTEM);

        for (int i = 0; i < 100; i++) {
            CacheEvent event = new CacheEvent.Hit("c", "" + i);
            dispatcher.publish(event);
            assertThat(others.poll(10, TimeUnit.SECONDS)).isEqualTo(event);
        }

        assertThat(dispatcher.dropped()).isBetween(89L, 90L);
        neverCounted.countDown();
    }

    private static void hang(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void withoutAThreadEventsWaitForTheNextOne() {
        boolean[] full = {true};
        Executor sometimes = work -> {
            if (full[0]) {
                throw new RejectedExecutionException();
            }
            work.run();
        };
        EventDispatcher dispatcher = new EventDispatcher(List.of(heard::add), sometimes, 10, new ManualTime().source());

        dispatcher.publish(new CacheEvent.Hit("c", "1"));
        assertThat(heard).isEmpty();
        full[0] = false;
        dispatcher.publish(new CacheEvent.Hit("c", "2"));

        assertThat(heard).hasSize(2);
    }

    @Test
    void knowsWhatNobodyWants() {
        EventDispatcher dispatcher = dispatcher(CacheEventListener.to(CacheEvent.Miss.class, heard::add), 10);

        assertThat(dispatcher.wantsHits()).isFalse();
        assertThat(dispatcher.wantsMisses()).isTrue();
        dispatcher.publish(new CacheEvent.Connected("redis"));
        assertThat(executor).isEmpty();
        dispatcher.publish(new CacheEvent.Miss("c", "1"));
        runAll();
        assertThat(heard).containsExactly(new CacheEvent.Miss("c", "1"));
    }

    @Test
    void asksAListenerOnceWhatItWants() {
        List<Class<?>> asked = new ArrayList<>();
        CacheEventListener listener = new CacheEventListener() {
            @Override
            public void onEvent(CacheEvent event) {
                heard.add(event);
            }

            @Override
            public boolean accepts(Class<? extends CacheEvent> type) {
                asked.add(type);
                return true;
            }
        };

        EventDispatcher dispatcher = dispatcher(listener, 10);
        dispatcher.publish(new CacheEvent.Hit("c", "1"));
        runAll();

        assertThat(asked).doesNotHaveDuplicates().hasSize(CacheEvent.class.getPermittedSubclasses().length);
    }

    @Test
    void goesOnAfterItHasDrained() {
        EventDispatcher dispatcher = dispatcher(heard::add, 10);
        dispatcher.publish(new CacheEvent.Hit("c", "1"));
        runAll();

        dispatcher.publish(new CacheEvent.Hit("c", "2"));
        runAll();

        assertThat(heard).hasSize(2);
    }

    private EventDispatcher dispatcher(CacheEventListener listener, int maxEvents) {
        return dispatcher(List.of(listener), maxEvents);
    }

    private EventDispatcher dispatcher(List<CacheEventListener> listeners, int maxEvents) {
        return new EventDispatcher(listeners, executor::add, maxEvents, new ManualTime().source());
    }

    private void runAll() {
        for (Runnable work = executor.poll(); work != null; work = executor.poll()) {
            work.run();
        }
    }
}
