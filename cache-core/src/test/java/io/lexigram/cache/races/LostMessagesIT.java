package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.history.PlantedFault;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Messages are lost: heartbeats that come, or do not, end the copies. */
class LostMessagesIT extends TieredRaces {

    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    /** More than it takes to find out whatever there is to be found out. */
    private static final int MANY_BEATS = 10;

    LostMessagesIT() {
        super(HEARTBEAT);
    }

    @Test
    @CaughtBy(PlantedFault.FLUSH_IGNORED)
    void a_lost_message_is_noticed() {
        here.cache().put(KEY, "old");
        there.wire().expectHeard(1);
        awaitCopy(there, KEY);
        there.wire().loseNext();

        here.cache().delete(KEY);

        expectGone(there, KEY);
    }

    /** Consistency 5.15. */
    @Test
    @CaughtBy(PlantedFault.FLUSH_IGNORED)
    void the_silence_of_a_publisher_that_was_killed_ends_the_copies_of_what_it_could_not_tell() {
        here.cache().put(KEY, "old");
        there.wire().expectHeard(1);
        awaitCopy(there, KEY);
        there.wire().loseNext();

        here.cache().delete(KEY);
        here.wire().cut();

        expectGone(there, KEY);
    }

    /** Consistency 5.15: the server goes on answering one who does not hear it. */
    @Test
    @CaughtBy(PlantedFault.LEASE_IGNORED)
    void a_node_that_hears_nothing_serves_no_copies_although_the_server_answers_it() {
        elsewhere.cache().put(KEY, "old");
        awaitCopy(there, KEY);
        there.wire().deafen();

        here.cache().delete(KEY);

        expectNoCopies(there);
        assertThat(there.stored(KEY)).isNull();
        elsewhere.cache().put(KEY, "next");
        assertThat(there.stored(KEY)).isEqualTo("next");
        elsewhere.cache().delete(KEY);
        assertThat(there.stored(KEY)).isNull();
    }

    /** Consistency 5.15: no timer has run in the process when it is asked. */
    @Test
    @CaughtBy(PlantedFault.LEASE_IGNORED)
    void the_first_read_of_a_process_that_stood_still_is_answered_by_the_server() throws Exception {
        elsewhere.cache().put(KEY, "old");
        try (CallerProcess reader = CallerProcess.reader(prefix, fault, patience(), HEARTBEAT)) {
            assertThat(reader.answer(reader.ask())).startsWith("old");
            awaitBeats();
            Awaitility.await().atMost(PATIENCE).until(() -> reader.answer(reader.ask())
                    .equals("old redis.l1"));

            reader.pause();
            here.cache().delete(KEY);
            awaitBeats();
            int answer = reader.ask();
            reader.resume();

            assertThat(reader.answer(answer)).isEqualTo("nothing redis.l2");
        }
    }

    private void awaitBeats() {
        int before = here.wire().beats();
        Awaitility.await().atMost(PATIENCE).until(() -> here.wire().beats() >= before + MANY_BEATS);
    }
}
