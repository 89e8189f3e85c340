package io.lexigram.cache.invalidate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.invalidate.Undelivered.Delivery;
import io.lexigram.cache.invalidate.Undelivered.Kind;
import io.lexigram.cache.invalidate.Undelivered.Scope;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {

    private final ManualTime time = new ManualTime();
    private final List<String> delivered = new ArrayList<>();
    private final Delivery keys = delivery("keys");
    private final Delivery otherKeys = delivery("other keys");
    private final Delivery tags = delivery("tags");
    private final Delivery namespace = delivery("namespace");
    private final Delivery everything = delivery("everything");
    private final Journal journal = new Journal(3, time.source().ticker(), () -> {});

    @Test
    void what_was_invalidated_in_the_last_minute_is_invalidated_again() {
        note(Scope.key("a", "old"), keys);
        time.advance(Duration.ofSeconds(59));
        note(Scope.key("a", "k"), keys);
        note(new Scope(Kind.TAG, "a", "t"), tags);
        time.advance(Duration.ofSeconds(1));

        assertThat(replay()).isEqualTo(2);
        assertThat(delivered).containsExactlyInAnyOrder("keys [k]", "tags [t]");
    }

    @Test
    void until_it_is_it_counts_as_absent() {
        note(Scope.key("a", "k"), keys);
        Undelivered undelivered = new Undelivered(3);
        journal.replay(undelivered);

        assertThat(undelivered.hits("a", "k")).isTrue();
        assertThat(undelivered.hits("a", "l")).isFalse();
    }

    @Test
    void the_newest_of_a_key_counts() {
        note(Scope.key("a", "k"), keys);
        time.advance(Duration.ofSeconds(59));
        note(Scope.key("a", "k"), keys);
        time.advance(Duration.ofSeconds(59));

        assertThat(replay()).isOne();
        assertThat(journal.size()).isOne();
    }

    @Test
    void it_is_kept_for_the_next_loss() {
        note(Scope.key("a", "k"), keys);

        assertThat(replay()).isOne();
        assertThat(replay()).isOne();
    }

    @Test
    void more_than_fit_become_one_of_the_namespace_and_none_is_dropped() {
        note(Scope.key("b", "kept"), otherKeys);
        for (int i = 0; i < 100; i++) {
            note(Scope.key("a", "k" + i), keys);
            assertThat(journal.size()).isLessThanOrEqualTo(3);
        }

        replay();
        assertThat(delivered).contains("other keys [kept]", "namespace []");
        Undelivered undelivered = new Undelivered(3);
        journal.replay(undelivered);
        for (int i = 0; i < 100; i++) {
            assertThat(undelivered.hits("a", "k" + i)).isTrue();
        }
    }

    @Test
    void more_namespaces_than_fit_become_one_of_everything() {
        for (int i = 0; i < 10; i++) {
            note(Scope.key("n" + i, "k"), keys);
            assertThat(journal.size()).isLessThanOrEqualTo(3);
        }

        replay();
        assertThat(delivered).contains("everything []");
    }

    @Test
    void it_is_empty_when_all_of_it_is_old() {
        assertThat(journal.isEmpty()).isTrue();
        note(Scope.key("a", "k"), keys);
        assertThat(journal.isEmpty()).isFalse();

        time.advance(Journal.KEPT);
        assertThat(journal.isEmpty()).isTrue();
    }

    private void note(Scope scope, Delivery delivery) {
        journal.add(scope, null, delivery, namespace, everything);
    }

    private int replay() {
        delivered.clear();
        Undelivered undelivered = new Undelivered(3);
        int count = journal.replay(undelivered);
        undelivered.deliver();
        return count;
    }

    private Delivery delivery(String name) {
        return texts -> delivered.add(name + " " + texts);
    }
}
