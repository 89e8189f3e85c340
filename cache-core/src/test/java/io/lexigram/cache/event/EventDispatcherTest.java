package io.lexigram.cache.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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
    void aListenerThatFailsDoesNotKeepTheNextEventFromTheOthers() {
        EventDispatcher dispatcher = new EventDispatcher(
                List.of(
                        event -> {
                            throw new IllegalStateException("broken listener");
                        },
                        heard::add),
                executor::add,
                10);

        dispatcher.publish(new CacheEvent.Connected("redis"));
        dispatcher.publish(new CacheEvent.Disconnected("redis"));
        runAll();

        assertThat(heard).hasSize(2);
    }

    @Test
    void knowsWhatNobodyWants() {
        CacheEventListener missesOnly = new CacheEventListener() {
            @Override
            public void onEvent(CacheEvent event) {
                heard.add(event);
            }

            @Override
            public boolean accepts(Class<? extends CacheEvent> type) {
                return type == CacheEvent.Miss.class;
            }
        };
        EventDispatcher dispatcher = dispatcher(missesOnly, 10);

        assertThat(dispatcher.wantsHits()).isFalse();
        assertThat(dispatcher.wantsMisses()).isTrue();
        dispatcher.publish(new CacheEvent.Connected("redis"));
        runAll();
        assertThat(heard).isEmpty();
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
        return new EventDispatcher(List.of(listener), executor::add, maxEvents);
    }

    private void runAll() {
        for (Runnable work = executor.poll(); work != null; work = executor.poll()) {
            work.run();
        }
    }
}
