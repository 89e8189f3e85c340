package io.lexigram.cache.channel;

import static io.lexigram.cache.channel.FlushReason.BEHIND;
import static io.lexigram.cache.channel.FlushReason.GAP;
import static io.lexigram.cache.channel.FlushReason.PRIMARIES_CHANGED;
import static io.lexigram.cache.channel.FlushReason.SILENT_PEER;
import static io.lexigram.cache.channel.FlushReason.SUBSCRIBED;
import static io.lexigram.cache.channel.FlushReason.UNHEARD_PEER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes A and B on one server, with a beat of one second. */
class InvalidationChannelTest {

    private final ManualTime time = new ManualTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final Hub hub = new Hub(time);
    private final Random random = new Random(42);
    private final RecordingListener heardByA = new RecordingListener();
    private final RecordingListener heardByB = new RecordingListener();
    private final Hub.Line lineOfA = hub.line();
    private final Hub.Line lineOfB = hub.line();
    private final InvalidationChannel a = channel(lineOfA, heardByA);
    private final InvalidationChannel b = channel(lineOfB, heardByB);

    @Test
    void an_invalidation_reaches_the_other_nodes_and_not_its_own() {
        startBoth();

        a.publish(keys("k1", "k2"));
        a.publish(Invalidation.ofGroups(List.of("tag".getBytes(UTF_8)), 5, 7));
        hub.deliver();

        assertThat(heardByB.keys).containsExactly("k1", "k2");
        assertThat(heardByB.groups).containsExactly("tag@5/7");
        assertThat(heardByA.keys).isEmpty();
        assertThat(a.meters().sent()).isEqualTo(2);
        assertThat(b.meters().received()).isEqualTo(2);
    }

    @Test
    void a_quiet_hour_flushes_nothing_and_the_lease_holds_all_the_time() {
        startBoth();

        for (int tick = 0; tick < 4 * 3600; tick++) {
            tick();
            assertThat(a.lease().isValid(now())).isTrue();
        }

        assertThat(heardByA.flushes).isEmpty();
        assertThat(heardByB.flushes).isEmpty();
        assertThat(a.meters().receivers()).isEqualTo(2);
    }

    @Test
    void a_lost_message_is_a_flush_within_two_heartbeats() {
        startBoth();
        tick();

        lineOfA.dropsPublished = true;
        a.publish(keys("lost"));
        lineOfA.dropsPublished = false;
        ticks(8);

        assertThat(heardByB.flushes).containsExactly(BEHIND);
        assertThat(b.meters().gaps()).isOne();
        assertThat(heardByA.flushes).isEmpty();
    }

    @Test
    void a_lost_message_that_is_followed_by_another_is_a_flush_within_half_a_beat() {
        startBoth();
        tick();
        a.publish(keys("first"));
        lineOfA.dropsPublished = true;
        a.publish(keys("lost"));
        lineOfA.dropsPublished = false;
        a.publish(keys("third"));
        hub.deliver();
        ticks(2);

        assertThat(heardByB.keys).containsExactly("first", "third");
        assertThat(heardByB.flushes).containsExactly(GAP);
    }

    @Test
    void a_message_that_comes_after_it_was_given_up_takes_effect_all_the_same() {
        startBoth();
        a.publish(keys("first"));
        hub.deliver();
        byte[] late = delay(keys("late"));
        a.publish(keys("third"));
        hub.deliver();
        ticks(2);
        assertThat(heardByB.flushes).containsExactly(GAP);

        lineOfB.incoming.add(late);
        hub.deliver();

        assertThat(heardByB.keys).containsExactly("first", "third", "late");
        assertThat(b.meters().late()).isOne();
    }

    @Test
    void publishing_throws_nothing_and_what_failed_is_missed_by_the_others() {
        startBoth();

        lineOfA.throwing = true;
        a.publish(keys("refused"));
        lineOfA.throwing = false;
        lineOfA.disconnected = true;
        a.publish(keys("failed"));
        lineOfA.disconnected = false;
        a.publish(Invalidation.ofGroups(List.of(new byte[MessageCodec.MAX_BYTES]), 1, 1));
        ticks(8);

        assertThat(a.meters().unsent()).isEqualTo(3);
        assertThat(heardByB.flushes).containsExactly(BEHIND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throwing", "disconnected", "too long"})
    void whatever_keeps_a_message_from_being_sent_it_is_missed_by_the_others(String how) {
        startBoth();

        lineOfA.throwing = how.equals("throwing");
        lineOfA.disconnected = how.equals("disconnected");
        a.publish(Invalidation.ofGroups(List.of(new byte[how.equals("too long") ? MessageCodec.MAX_BYTES : 1]), 1, 1));
        lineOfA.throwing = false;
        lineOfA.disconnected = false;
        a.publish(keys("k"));
        ticks(2);

        assertThat(heardByB.keys).containsExactly("k");
        assertThat(heardByB.flushes).containsExactly(GAP);
    }

    @Test
    void nothing_is_sent_for_nothing() {
        startBoth();

        a.publish(keys());
        ticks(8);

        assertThat(a.meters().sent()).isZero();
        assertThat(heardByB.flushes).isEmpty();
    }

    @Test
    void many_keys_are_sent_in_parts() {
        startBoth();
        List<byte[]> keys = IntStream.range(0, 1_000)
                .mapToObj(i -> ("%0500d".formatted(i)).getBytes(UTF_8))
                .toList();

        a.publish(new Invalidation(keys, List.of("tag".getBytes(UTF_8)), 5, 7));
        hub.deliver();

        assertThat(heardByB.keys).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(heardByB.groups).containsExactly("tag@5/7");
        assertThat(b.meters().received()).isEqualTo(9);
        assertThat(heardByB.flushes).isEmpty();
    }

    @Test
    void a_killed_publisher_whose_last_message_was_lost_is_a_flush_within_two_heartbeats() {
        startBoth();
        ticks(5);

        lineOfA.dropsPublished = true;
        a.publish(keys("lost"));
        lineOfA.disconnected = true;
        ticks(8);

        assertThat(heardByB.flushes).containsExactly(SILENT_PEER);
    }

    @Test
    void goodbye_is_no_flush() {
        startBoth();
        a.publish(keys("k"));
        a.close();
        ticks(60);

        assertThat(heardByB.keys).containsExactly("k");
        assertThat(heardByB.flushes).isEmpty();
    }

    @Test
    void what_was_lost_before_the_goodbye_is_a_flush() {
        startBoth();
        lineOfA.dropsPublished = true;
        a.publish(keys("lost"));
        a.close();
        ticks(8);

        assertThat(heardByB.flushes).containsExactly(BEHIND);
    }

    @Test
    void a_node_that_the_server_hears_and_this_one_does_not_is_a_flush_within_each_two_heartbeats() {
        b.start();
        hub.deliver();
        heardByB.flushes.clear();
        a.start();
        dropFor(lineOfB, 8);
        assertThat(heardByB.flushes).containsExactly(UNHEARD_PEER);

        dropFor(lineOfB, 8);
        assertThat(heardByB.flushes).containsExactly(UNHEARD_PEER, UNHEARD_PEER);
    }

    @Test
    void a_subscription_that_was_lost_is_a_flush_and_the_lease_begins_anew() {
        startBoth();
        lineOfB.unsubscribe();
        a.publish(keys("unheard"));
        ticks(8);
        assertThat(b.lease().isValid(now())).isFalse();

        heardByB.flushes.clear();
        lineOfB.subscribe();
        assertThat(heardByB.flushes).containsExactly(SUBSCRIBED);
        assertThat(b.lease().isValid(now())).isFalse();

        hub.deliver();
        assertThat(b.lease().isValid(now())).isTrue();
    }

    @Test
    void on_several_lanes_a_quiet_hour_flushes_nothing() {
        hub.primaries = Set.of(1L, 2L, 3L);
        startBoth();

        for (int tick = 0; tick < 4 * 3600; tick++) {
            tick();
            assertThat(a.lease().isValid(now())).isTrue();
        }

        assertThat(heardByA.flushes).isEmpty();
    }

    @Test
    void messages_of_one_primary_may_pass_any_number_of_those_of_another() {
        hub.primaries = Set.of(1L, 2L);
        startBoth();
        a.publish(1, keys("slow"));
        lineOfA.incoming.clear();
        byte[] slow = lineOfB.incoming.remove();
        for (int i = 0; i < 1_000; i++) {
            a.publish(2, keys("k" + i));
        }
        hub.deliver();
        lineOfB.incoming.add(slow);
        ticks(8);

        assertThat(heardByB.keys).hasSize(1_001);
        assertThat(heardByB.flushes).isEmpty();
    }

    /** The heartbeats that come through the other primaries tell of it, and those that do not come back end the lease. */
    @Test
    void a_primary_whose_messages_do_not_come_is_a_flush_and_the_end_of_the_lease_although_others_are_heard() {
        hub.primaries = Set.of(1L, 2L, 3L);
        startBoth();
        ticks(4);
        lineOfB.cutLanes.add(2L);
        a.publish(2, keys("lost"));
        ticks(8);

        assertThat(heardByB.flushes).containsExactly(BEHIND);
        assertThat(b.lease().isValid(now())).isFalse();
        assertThat(a.lease().isValid(now())).isTrue();
        ticks(8);
        assertThat(lineOfB.resubscriptions).isOne();

        lineOfB.cutLanes.clear();
        ticks(4);
        assertThat(b.lease().isValid(now())).isTrue();
    }

    @Test
    void another_primary_is_a_flush_and_there_is_no_lease_until_it_is_heard() {
        hub.primaries = Set.of(1L, 2L);
        startBoth();
        hub.primaries = Set.of(1L, 3L);
        lineOfB.cutLanes.add(3L);
        ticks(4);
        assertThat(heardByA.flushes).containsExactly(PRIMARIES_CHANGED);
        assertThat(heardByB.flushes).containsExactly(PRIMARIES_CHANGED);
        assertThat(a.lease().isValid(now())).isTrue();
        assertThat(b.lease().isValid(now())).isFalse();

        lineOfB.cutLanes.clear();
        ticks(4);
        assertThat(b.lease().isValid(now())).isTrue();
        a.publish(3, keys("k"));
        hub.deliver();
        assertThat(heardByB.keys).containsExactly("k");
    }

    @Test
    void a_process_that_stood_still_finds_its_lease_ended_before_its_first_hit() {
        startBoth();
        assertThat(b.lease().isValid(now())).isTrue();

        time.advance(Duration.ofSeconds(2));

        assertThat(b.lease().isValid(now())).isFalse();
    }

    @Test
    void a_node_that_hears_nothing_has_no_lease_after_two_heartbeats_and_asks_for_a_new_subscription_after_four() {
        startBoth();
        ticks(4);
        lineOfB.deaf = true;
        ticks(8);
        assertThat(b.lease().isValid(now())).isFalse();
        assertThat(lineOfB.resubscriptions).isZero();

        ticks(8);
        assertThat(lineOfB.resubscriptions).isOne();
        ticks(16);
        assertThat(lineOfB.resubscriptions).isEqualTo(2);
        assertThat(lineOfA.resubscriptions).isZero();
    }

    @Test
    void a_node_that_cannot_reach_the_server_does_not_blame_its_subscription() {
        startBoth();
        lineOfB.disconnected = true;
        ticks(40);

        assertThat(b.lease().isValid(now())).isFalse();
        assertThat(lineOfB.resubscriptions).isZero();
    }

    @Test
    void what_is_no_message_is_counted_and_passed_over() {
        startBoth();
        lineOfB.incoming.add(new byte[0]);
        lineOfB.incoming.add("hello".getBytes(UTF_8));
        a.publish(keys("k"));
        hub.deliver();

        assertThat(b.meters().unreadable()).isEqualTo(2);
        assertThat(heardByB.keys).containsExactly("k");
    }

    @Test
    void a_listener_that_could_not_take_a_message_is_flushed() {
        List<FlushReason> flushes = new ArrayList<>();
        InvalidationChannel c = channel(hub.line(), new ChannelListener() {
            @Override
            public void invalidated(Invalidation invalidation) {
                throw new IllegalStateException("from a listener");
            }

            @Override
            public void flush(FlushReason reason) {
                flushes.add(reason);
            }
        });
        startBoth();
        c.start();
        ticks(4);
        flushes.clear();

        a.publish(keys("k"));
        ticks(8);

        assertThat(flushes).containsExactly(BEHIND);
    }

    @Test
    void a_listener_that_cannot_flush_has_no_lease_until_it_can() {
        List<FlushReason> refused = new ArrayList<>();
        boolean[] broken = {true};
        InvalidationChannel c = channel(hub.line(), new ChannelListener() {
            @Override
            public void invalidated(Invalidation invalidation) {}

            @Override
            public void flush(FlushReason reason) {
                if (broken[0]) {
                    refused.add(reason);
                    throw new IllegalStateException("from a listener");
                }
            }
        });
        c.start();
        for (int i = 0; i < 8; i++) {
            tick();
            assertThat(c.lease().isValid(now())).isFalse();
        }
        assertThat(refused).containsOnly(SUBSCRIBED).hasSizeGreaterThan(1);
        assertThat(c.lease().isValid(now())).isFalse();

        broken[0] = false;
        ticks(4);
        assertThat(c.lease().isValid(now())).isTrue();
    }

    @Test
    void after_the_end_there_is_no_lease_and_nothing_is_sent_or_heard() {
        startBoth();
        b.close();
        b.publish(keys("late"));
        a.publish(keys("k"));
        ticks(8);

        assertThat(b.lease().isValid(now())).isFalse();
        assertThat(b.meters().unsent()).isOne();
        assertThat(heardByB.keys).isEmpty();
        assertThat(heardByA.keys).isEmpty();
        assertThat(heardByA.flushes).isEmpty();
    }

    @Test
    void what_was_under_way_at_the_end_is_not_heard() {
        startBoth();
        b.close();

        lineOfB.incoming.add(MessageCodec.encode(new Message.Invalidated(5, Message.ONLY_LANE, 1, keys("k"))));
        hub.deliver();
        lineOfB.subscribe();

        assertThat(heardByB.keys).isEmpty();
        assertThat(heardByB.flushes).isEmpty();
    }

    @Test
    void settings_that_make_no_sense_are_refused_with_what_to_write() {
        assertThatThrownBy(() -> new ChannelSettings(Duration.ZERO, 1))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("PT0S")
                .hasMessageContaining("PT0.01S to PT1M");
        assertThatThrownBy(() -> new ChannelSettings(Duration.ofSeconds(1), 0))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("at least 1");
    }

    private InvalidationChannel channel(ChannelTransport line, ChannelListener listener) {
        return new InvalidationChannel(line, ChannelSettings.DEFAULT, time.source(), timer, random, listener);
    }

    private void startBoth() {
        a.start();
        b.start();
        ticks(4);
        heardByA.flushes.clear();
        heardByB.flushes.clear();
    }

    private void tick() {
        timer.tick();
        hub.deliver();
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            tick();
        }
    }

    /** Time goes by while messages of A do not reach the line, and those of B do. */
    private void dropFor(Hub.Line line, int count) {
        for (int i = 0; i < count; i++) {
            line.incoming.clear();
            timer.tick();
        }
    }

    /** Publishes from A what does not arrive yet. */
    private byte[] delay(Invalidation invalidation) {
        a.publish(invalidation);
        lineOfA.incoming.clear();
        return lineOfB.incoming.remove();
    }

    private long now() {
        return time.source().nanos();
    }

    private static Invalidation keys(String... keys) {
        return Invalidation.ofKeys(
                List.of(keys).stream().map(key -> key.getBytes(UTF_8)).toList());
    }
}
