package io.lexigram.cache.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** With a beat of 100 ns, across the overflow of the ticker. */
class ChannelLeaseTest {

    private static final long START = Long.MAX_VALUE - 50;

    private static final long ONE = Message.ONLY_LANE;
    private static final long OTHER = 7;

    private final ChannelLease lease = new ChannelLease(100, START);

    @Test
    void it_begins_with_the_first_heartbeat_that_comes_back() {
        assertThat(lease.isValid(START)).isFalse();
        long beat = lease.sending(ONE, START);
        assertThat(lease.isValid(START)).isFalse();

        assertThat(lease.echoed(beat, at(30))).isEqualTo(30);
        assertThat(lease.isValid(at(30))).isTrue();
    }

    @Test
    void it_ends_two_beats_after_the_heartbeat_was_sent_however_late_it_came_back() {
        lease.echoed(lease.sending(ONE, START), at(150));

        assertThat(lease.isValid(at(199))).isTrue();
        assertThat(lease.isValid(at(200))).isFalse();
        assertThat(lease.isValid(at(1_000_000_000))).isFalse();
    }

    @Test
    void an_older_heartbeat_that_comes_back_later_does_not_shorten_it() {
        long first = lease.sending(ONE, START);
        lease.echoed(lease.sending(ONE, at(100)), at(110));
        lease.echoed(first, at(120));

        assertThat(lease.isValid(at(299))).isTrue();
    }

    @Test
    void a_number_that_was_never_sent_or_too_long_ago_renews_nothing() {
        long first = lease.sending(ONE, START);
        for (int beat = 0; beat < 8; beat++) {
            lease.sending(ONE, START);
        }
        assertThat(lease.echoed(first, at(1))).isEqualTo(-1);
        assertThat(lease.echoed(10, at(1))).isEqualTo(-1);
        assertThat(lease.echoed(-1, at(1))).isEqualTo(-1);
        assertThat(lease.echoed(Long.MIN_VALUE, at(1))).isEqualTo(-1);
        assertThat(lease.isValid(at(1))).isFalse();
    }

    @Test
    void heartbeats_that_do_not_come_back_are_counted() {
        lease.sending(ONE, START);
        long second = lease.sending(ONE, START);
        lease.sending(ONE, START);
        assertThat(lease.unanswered(ONE)).isEqualTo(3);

        lease.echoed(second, at(1));
        assertThat(lease.unanswered(ONE)).isOne();

        lease.awaitAnew();
        assertThat(lease.unanswered(ONE)).isZero();
    }

    @Test
    void it_holds_as_long_as_it_does_on_the_lane_where_it_ends_first() {
        assertThat(lease.require(Set.of(ONE, OTHER), START)).isTrue();
        assertThat(lease.require(Set.of(ONE, OTHER), START)).isFalse();
        lease.echoed(lease.sending(ONE, START), at(1));
        assertThat(lease.isValid(at(1))).isFalse();

        long beat = lease.sending(OTHER, at(50));
        lease.echoed(lease.sending(ONE, at(90)), at(91));
        lease.echoed(beat, at(92));
        assertThat(lease.isValid(at(249))).isTrue();
        assertThat(lease.isValid(at(250))).isFalse();
    }

    @Test
    void a_new_lane_ends_it_until_that_is_proven_and_one_that_is_gone_is_not_missed() {
        lease.echoed(lease.sending(ONE, START), at(1));
        lease.require(Set.of(ONE, OTHER), at(2));
        assertThat(lease.isValid(at(2))).isFalse();
        lease.echoed(lease.sending(OTHER, at(3)), at(4));
        assertThat(lease.isValid(at(4))).isTrue();

        assertThat(lease.require(Set.of(OTHER), at(5))).isTrue();
        assertThat(lease.isValid(at(202))).isTrue();
        assertThat(lease.isValid(at(203))).isFalse();
    }

    @Test
    void heartbeats_that_do_not_come_back_are_counted_by_lane() {
        lease.require(Set.of(ONE, OTHER), START);
        lease.echoed(lease.sending(ONE, START), at(1));
        lease.sending(OTHER, START);

        assertThat(lease.unanswered(ONE)).isZero();
        assertThat(lease.unanswered(OTHER)).isOne();
    }

    private static long at(long nanos) {
        return START + nanos;
    }
}
