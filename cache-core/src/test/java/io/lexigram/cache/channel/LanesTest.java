package io.lexigram.cache.channel;

import static io.lexigram.cache.channel.FlushReason.BEHIND;
import static io.lexigram.cache.channel.FlushReason.GAP;
import static io.lexigram.cache.channel.FlushReason.SILENT_PEER;
import static io.lexigram.cache.channel.FlushReason.SUBSCRIBED;
import static io.lexigram.cache.channel.FlushReason.TOO_MANY_LANES;
import static io.lexigram.cache.channel.FlushReason.UNHEARD_PEER;
import static io.lexigram.cache.channel.FlushReason.UNKNOWN_LANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.channel.Message.Goodbye;
import io.lexigram.cache.channel.Message.Heartbeat;
import io.lexigram.cache.channel.Message.Invalidated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With a beat of one second; times are in milliseconds. */
class LanesTest {

    private static final long A = 11;
    private static final long B = 12;

    private final List<FlushReason> flushes = new ArrayList<>();
    private final Lanes lanes = new Lanes(100, TimeUnit.SECONDS.toNanos(1), flushes::add);

    /** The ticker overflows within the first second of most tests. */
    private long now = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(300);

    @Test
    void a_publisher_heard_from_its_beginning_costs_no_flush() {
        heartbeat(A, 0);
        message(A, 1);
        message(A, 2);
        message(B, 1);
        heartbeat(A, 2);
        heartbeat(B, 1);
        after(250);

        assertThat(flushes).isEmpty();
    }

    @Test
    void a_message_that_others_passed_is_missed_after_250_ms() {
        message(A, 1);
        message(A, 3);
        after(249);
        assertThat(flushes).isEmpty();

        after(1);
        assertThat(flushes).containsExactly(GAP);

        message(A, 4);
        after(250);
        assertThat(flushes).containsExactly(GAP);
    }

    @Test
    void messages_that_overtake_each_other_are_not_missed() {
        message(A, 1);
        message(A, 4);
        message(A, 3);
        after(249);
        message(A, 2);
        after(1000);

        assertThat(flushes).isEmpty();
    }

    @Test
    void a_message_that_many_others_passed_is_missed_at_once() {
        message(A, 1);
        for (int sequence = 3; sequence <= 66; sequence++) {
            message(A, sequence);
        }
        assertThat(flushes).isEmpty();

        message(A, 67);
        assertThat(flushes).containsExactly(GAP);
    }

    @Test
    void the_time_to_come_is_counted_from_the_first_message_that_is_missed() {
        message(A, 1);
        message(A, 3);
        after(200);
        message(A, 4);
        heartbeat(A, 9);
        after(50);

        assertThat(flushes).containsExactly(GAP);
    }

    @Test
    void a_message_that_a_heartbeat_tells_of_has_250_ms_to_come() {
        heartbeat(A, 0);
        heartbeat(A, 1);
        after(249);
        assertThat(flushes).isEmpty();

        after(1);
        assertThat(flushes).containsExactly(BEHIND);
        after(250);
        assertThat(flushes).containsExactly(BEHIND);
    }

    @Test
    void a_message_that_comes_in_time_is_not_missed() {
        heartbeat(A, 0);
        heartbeat(A, 1);
        after(249);
        message(A, 1);
        after(1);

        assertThat(flushes).isEmpty();
    }

    @Test
    void a_message_is_missed_within_a_quarter_of_a_short_beat() {
        Lanes quick = new Lanes(100, TimeUnit.MILLISECONDS.toNanos(100), flushes::add);
        quick.heartbeat(new Heartbeat(A, 1, Map.of(0L, 0L)), now);
        quick.heartbeat(new Heartbeat(A, 2, Map.of(0L, 1L)), now);
        now += TimeUnit.MILLISECONDS.toNanos(25);
        quick.tick(now);

        assertThat(flushes).containsExactly(BEHIND);
    }

    @Test
    void each_lane_of_a_publisher_is_counted_by_itself() {
        lanes.heartbeat(new Heartbeat(A, 1, Map.of(0L, 0L, 1L, 0L)), now);
        lanes.invalidated(new Invalidated(A, 0, 1, Invalidation.ofKeys(List.of())), now);
        lanes.invalidated(new Invalidated(A, 1, 2, Invalidation.ofKeys(List.of())), now);
        after(250);

        assertThat(flushes).containsExactly(GAP);
    }

    @Test
    void a_heartbeat_of_an_unknown_publisher_that_has_sent_something_is_a_loss() {
        heartbeat(A, 7);
        assertThat(flushes).containsExactly(UNKNOWN_LANE);

        message(A, 8);
        heartbeat(A, 8);
        after(250);
        assertThat(flushes).containsExactly(UNKNOWN_LANE);
    }

    @Test
    void a_message_of_an_unknown_publisher_is_a_loss_unless_it_is_the_first() {
        message(A, 1);
        assertThat(flushes).isEmpty();

        assertThat(message(B, 2)).isTrue();
        assertThat(flushes).containsExactly(UNKNOWN_LANE);
    }

    @Test
    void a_publisher_that_starts_again_has_another_name_and_costs_no_flush_but_that_for_the_old_one() {
        message(A, 1);
        heartbeat(B, 0);
        message(B, 1);
        assertThat(flushes).isEmpty();

        after(1000);
        heartbeat(B, 1);
        after(749);
        assertThat(flushes).isEmpty();
        after(1);
        assertThat(flushes).containsExactly(SILENT_PEER);
    }

    @Test
    void a_message_that_came_before_is_told_from_a_new_one() {
        assertThat(message(A, 1)).isTrue();
        assertThat(message(A, 1)).isFalse();
        assertThat(message(A, 3)).isTrue();
        assertThat(message(A, 3)).isFalse();
        after(250);

        assertThat(message(A, 2)).as("given up").isFalse();
        assertThat(flushes).containsExactly(GAP);
    }

    @Test
    void a_publisher_not_heard_for_a_beat_and_three_quarters_is_a_loss_once() {
        heartbeat(A, 0);
        after(1749);
        assertThat(flushes).isEmpty();

        after(1);
        assertThat(flushes).containsExactly(SILENT_PEER);
        after(1750);
        assertThat(flushes).containsExactly(SILENT_PEER);
    }

    @Test
    void any_message_is_a_sign_of_life() {
        heartbeat(A, 0);
        after(1700);
        message(A, 1);
        after(1700);

        assertThat(flushes).isEmpty();
    }

    @Test
    void a_silent_publisher_that_comes_back_having_sent_nothing_is_no_further_loss() {
        heartbeat(A, 0);
        after(1750);
        heartbeat(A, 0);
        after(250);

        assertThat(flushes).containsExactly(SILENT_PEER);
    }

    @Test
    void what_a_silent_publisher_sent_meanwhile_is_missed_when_it_comes_back() {
        heartbeat(A, 0);
        after(1750);
        heartbeat(A, 1);
        after(250);

        assertThat(flushes).containsExactly(SILENT_PEER, BEHIND);
    }

    @Test
    void as_long_as_the_server_hears_a_publisher_that_this_node_does_not_each_two_beats_are_a_loss() {
        heartbeat(A, 0);
        for (int beat = 0; beat < 8; beat++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                after(250);
            }
            registered(A, 0);
        }

        assertThat(flushes).containsExactly(SILENT_PEER, SILENT_PEER, SILENT_PEER, SILENT_PEER);
    }

    @Test
    void a_registered_publisher_that_is_not_heard_within_two_beats_is_a_loss() {
        registered(A, 0);
        after(1749);
        assertThat(flushes).isEmpty();

        after(1);
        assertThat(flushes).containsExactly(UNHEARD_PEER);
    }

    @Test
    void the_time_to_be_heard_is_counted_from_when_the_server_heard_it() {
        registered(A, 700);
        after(1049);
        assertThat(flushes).isEmpty();

        after(1);
        assertThat(flushes).containsExactly(UNHEARD_PEER);
    }

    @Test
    void one_that_the_server_heard_after_this_node_had_subscribed_should_have_been_heard() {
        lanes.subscribed(now);
        after(1000);
        registered(A, 999);
        after(249);
        assertThat(flushes).containsExactly(SUBSCRIBED);

        after(1);
        assertThat(flushes).containsExactly(SUBSCRIBED, UNHEARD_PEER);
    }

    @Test
    void one_that_the_server_heard_before_this_node_had_subscribed_is_heard_by_its_next_heartbeat() {
        lanes.subscribed(now);
        after(500);
        registered(A, 500);
        after(1000);
        heartbeat(A, 0);
        after(1700);

        assertThat(flushes).containsExactly(SUBSCRIBED);
    }

    @Test
    void a_registered_publisher_that_is_heard_in_time_is_none() {
        registered(A, 0);
        after(1000);
        heartbeat(A, 0);
        after(1700);

        assertThat(flushes).isEmpty();
    }

    @Test
    void one_that_died_before_it_was_heard_is_a_loss_once() {
        for (int beat = 2; beat < 10; beat++) {
            registered(A, beat * 1000L);
            after(1000);
        }

        assertThat(flushes).containsExactly(UNHEARD_PEER);
    }

    @Test
    void goodbye_is_no_loss_although_the_server_may_name_the_publisher_once_more() {
        message(A, 1);
        goodbye(A, 1);
        registered(A, 0);
        for (int beat = 0; beat < 20; beat++) {
            after(1000);
        }

        assertThat(flushes).isEmpty();
        assertThat(lanes.peerCount()).isZero();
    }

    @Test
    void what_was_missed_before_the_goodbye_is_missed_after_it() {
        message(A, 1);
        goodbye(A, 2);
        after(250);

        assertThat(flushes).containsExactly(BEHIND);
    }

    @Test
    void one_who_speaks_after_a_goodbye_is_awaited_again() {
        goodbye(A, 0);
        heartbeat(A, 0);
        after(1750);

        assertThat(flushes).containsExactly(SILENT_PEER);
    }

    @Test
    void a_subscription_is_a_loss_and_gives_everybody_time_to_be_heard() {
        heartbeat(A, 1);
        heartbeat(B, 0);
        flushes.clear();
        after(1700);
        lanes.subscribed(now);
        after(1000);
        heartbeat(A, 1);
        heartbeat(B, 0);
        after(250);

        assertThat(flushes).containsExactly(SUBSCRIBED);
    }

    @Test
    void what_was_sent_while_there_was_no_subscription_is_missed_by_the_next_heartbeat() {
        heartbeat(A, 0);
        lanes.subscribed(now);
        heartbeat(A, 3);
        after(250);

        assertThat(flushes).containsExactly(SUBSCRIBED, BEHIND);
    }

    @Test
    void a_publisher_is_forgotten_after_twelve_beats_and_is_unknown_then() {
        heartbeat(A, 0);
        message(A, 1);
        after(11_999);
        assertThat(lanes.peerCount()).isOne();

        after(1);
        assertThat(lanes.peerCount()).isZero();
        heartbeat(A, 1);
        assertThat(flushes).containsExactly(SILENT_PEER, UNKNOWN_LANE);
    }

    @Test
    void more_publishers_than_the_bound_are_forgotten_together_and_that_is_a_loss() {
        for (int publisher = 1; publisher <= 100; publisher++) {
            heartbeat(publisher, 0);
        }
        assertThat(flushes).isEmpty();

        heartbeat(101, 0);
        assertThat(flushes).containsExactly(TOO_MANY_LANES);
        assertThat(lanes.peerCount()).isOne();

        heartbeat(1, 1);
        assertThat(flushes).containsExactly(TOO_MANY_LANES, UNKNOWN_LANE);
    }

    @Test
    void more_lanes_than_the_bound_are_forgotten_together_and_that_is_a_loss() {
        for (long publisher = 1; publisher <= 10; publisher++) {
            for (long lane = 0; lane < 10; lane++) {
                lanes.heartbeat(new Heartbeat(publisher, 1, Map.of(lane, 0L)), now);
            }
        }
        assertThat(flushes).isEmpty();

        lanes.heartbeat(new Heartbeat(1, 1, Map.of(10L, 0L)), now);
        assertThat(flushes).containsExactly(TOO_MANY_LANES);
        assertThat(lanes.peerCount()).isZero();
    }

    @Test
    void publishers_that_were_forgotten_make_room_for_others() {
        for (int publisher = 1; publisher <= 300; publisher++) {
            heartbeat(publisher, 0);
            goodbye(publisher, 0);
            after(12_000);
        }

        assertThat(lanes.peerCount()).isZero();
        assertThat(flushes).isEmpty();
    }

    @Test
    void several_holes_in_one_lane_are_one_loss_and_what_would_fill_them_is_late() {
        message(A, 1);
        message(A, 3);
        message(A, 5);
        after(250);
        after(250);

        assertThat(flushes).containsExactly(GAP);
        assertThat(message(A, 4)).isFalse();
        assertThat(message(A, 6)).isTrue();
        after(250);
        assertThat(flushes).containsExactly(GAP);
    }

    @Test
    void several_losses_at_once_are_one_flush() {
        heartbeat(A, 0);
        heartbeat(B, 0);
        after(1750);

        assertThat(flushes).containsExactly(SILENT_PEER);
    }

    private boolean message(long publisher, long sequence) {
        return lanes.invalidated(new Invalidated(publisher, 0, sequence, Invalidation.ofKeys(List.of())), now);
    }

    private void heartbeat(long publisher, long head) {
        lanes.heartbeat(new Heartbeat(publisher, 1, Map.of(0L, head)), now);
    }

    private void registered(long publisher, long silentMillis) {
        lanes.registered(publisher, TimeUnit.MILLISECONDS.toNanos(silentMillis), now);
    }

    private void goodbye(long publisher, long head) {
        lanes.goodbye(new Goodbye(publisher, Map.of(0L, head)), now);
    }

    private void after(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        lanes.tick(now);
    }
}
