package io.lexigram.cache.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** With a beat of 100 ns, across the overflow of the ticker. */
class ChannelLeaseTest {

    private static final long START = Long.MAX_VALUE - 50;

    private final ChannelLease lease = new ChannelLease(100, START);

    @Test
    void it_begins_with_the_first_heartbeat_that_comes_back() {
        assertThat(lease.isValid(START)).isFalse();
        long beat = lease.sending(START);
        assertThat(lease.isValid(START)).isFalse();

        assertThat(lease.echoed(beat, at(30))).isEqualTo(30);
        assertThat(lease.isValid(at(30))).isTrue();
    }

    @Test
    void it_ends_two_beats_after_the_heartbeat_was_sent_however_late_it_came_back() {
        lease.echoed(lease.sending(START), at(150));

        assertThat(lease.isValid(at(199))).isTrue();
        assertThat(lease.isValid(at(200))).isFalse();
        assertThat(lease.isValid(at(1_000_000_000))).isFalse();
    }

    @Test
    void an_older_heartbeat_that_comes_back_later_does_not_shorten_it() {
        long first = lease.sending(START);
        lease.echoed(lease.sending(at(100)), at(110));
        lease.echoed(first, at(120));

        assertThat(lease.isValid(at(299))).isTrue();
    }

    @Test
    void a_number_that_was_never_sent_or_too_long_ago_renews_nothing() {
        long first = lease.sending(START);
        for (int beat = 0; beat < 8; beat++) {
            lease.sending(START);
        }
        assertThat(lease.echoed(first, at(1))).isEqualTo(-1);
        assertThat(lease.echoed(10, at(1))).isEqualTo(-1);
        assertThat(lease.echoed(-1, at(1))).isEqualTo(-1);
        assertThat(lease.echoed(Long.MIN_VALUE, at(1))).isEqualTo(-1);
        assertThat(lease.isValid(at(1))).isFalse();
    }

    @Test
    void heartbeats_that_do_not_come_back_are_counted() {
        lease.sending(START);
        long second = lease.sending(START);
        lease.sending(START);
        assertThat(lease.unanswered()).isEqualTo(3);

        lease.echoed(second, at(1));
        assertThat(lease.unanswered()).isOne();

        lease.awaitAnew();
        assertThat(lease.unanswered()).isZero();
    }

    private static long at(long nanos) {
        return START + nanos;
    }
}
