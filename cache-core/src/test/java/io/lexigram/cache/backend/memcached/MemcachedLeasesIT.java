package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.codec.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemcachedLeasesIT extends MemcachedTest {

    private static final long MINE = 11;
    private static final long OTHERS = 22;

    private final MemcachedBackend second = backendOf(server);

    @AfterEach
    void close() {
        second.close();
    }

    @Test
    void of_many_that_claim_an_absent_key_one_gets_the_lease() {
        List<CompletableFuture<byte[]>> claims = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            MemcachedBackend node = i % 2 == 0 ? backend : second;
            claims.add(node.claim(key("k"), record(i + 1), LONG).toCompletableFuture());
        }

        List<byte[]> answers = claims.stream().map(MemcachedTest::get).toList();

        assertThat(answers).filteredOn(Objects::isNull).hasSize(1);
        long winner = IntStream.range(0, 200)
                .filter(i -> answers.get(i) == null)
                .mapToLong(i -> i + 1)
                .findFirst()
                .orElseThrow();
        assertThat(answers).filteredOn(Objects::nonNull).allMatch(found -> Envelope.leaseToken(found) == winner);
    }

    @Test
    void of_many_that_want_to_replace_a_value_one_gets_the_lease() {
        get(backend.set(value("k", 5, "old"), false));
        List<CompletableFuture<byte[]>> claims = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            MemcachedBackend node = i % 2 == 0 ? backend : second;
            claims.add(node.takeOver(key("k"), record(i + 1), LONG, 5, 0).toCompletableFuture());
        }

        assertThat(claims.stream().map(MemcachedTest::get).toList())
                .filteredOn(Objects::isNull)
                .hasSize(1);
    }

    @Test
    void a_removal_ends_a_lease_and_its_fill_is_refused() {
        get(backend.claim(key("k"), record(MINE), LONG));

        assertThat(get(second.delete(key("k")))).as("a lease is no entry").isFalse();

        assertThat(get(backend.fill(value("k", 5, "late"), MINE))).isFalse();
        assertThat(get(backend.get(key("k")))).isNull();
    }

    @Test
    void a_write_ends_a_lease_and_its_fill_is_refused() {
        get(backend.claim(key("k"), record(MINE), LONG));
        byte[] written = value("k", 6, "written").value();
        get(second.set(value("k", 6, "written"), false));

        assertThat(get(backend.fill(value("k", 5, "late"), MINE))).isFalse();
        assertThat(get(backend.get(key("k")))).isEqualTo(written);
    }

    @Test
    void a_removal_ends_the_lease_of_a_value_and_its_fill_is_refused() {
        get(backend.set(value("k", 5, "old"), false));
        assertThat(get(backend.takeOver(key("k"), record(MINE), LONG, 5, 0))).isNull();

        assertThat(get(second.delete(key("k")))).isTrue();

        assertThat(get(backend.fill(value("k", 7, "late"), MINE))).isFalse();
        assertThat(get(backend.get(key("k")))).isNull();
    }

    @Test
    void a_change_that_is_overtaken_begins_anew_and_overwrites_nothing() {
        get(backend.set(value("k", 5, "old"), false));
        AtomicInteger attempts = new AtomicInteger();

        boolean changed = get(backend.items.edit(Items.text(key("k")), item -> {
            if (attempts.incrementAndGet() == 1) {
                // As another client would, between the reading and the writing.
                assertThat(server.ask("delete " + Items.text(key("k")))).isEqualTo("DELETED");
            }
            return item == null ? Edit.keep(false) : Edit.write(true, bytes("late"), Expiry.NEVER);
        }));

        assertThat(changed).isFalse();
        assertThat(attempts).hasValue(2);
        assertThat(get(backend.get(key("k")))).isNull();
    }

    @Test
    void a_fill_and_a_removal_at_once_leave_nothing_behind_the_removal() {
        for (int i = 0; i < 300; i++) {
            get(backend.claim(key("k"), record(MINE), LONG));
            CompletableFuture<Boolean> fill =
                    backend.fill(value("k", 5, "v"), MINE).toCompletableFuture();
            CompletableFuture<Boolean> removal = second.delete(key("k")).toCompletableFuture();
            get(removal);
            get(fill);

            assertThat(get(backend.get(key("k")))).as("round %d", i).isNull();
        }
    }

    @Test
    void the_lease_of_a_value_keeps_others_off_until_its_mark_is_gone() {
        get(backend.set(value("k", 5, "old"), false));
        get(backend.takeOver(key("k"), record(MINE), LONG, 5, 0));
        assertThat(Envelope.leaseToken(get(second.takeOver(key("k"), record(OTHERS), LONG, 5, 0))))
                .isEqualTo(MINE);

        assertThat(server.ask("delete " + LeaseMark.of(Items.text(key("k"))))).isEqualTo("DELETED");

        assertThat(get(second.takeOver(key("k"), record(OTHERS), LONG, 5, 0))).isNull();
        assertThat(get(backend.fill(value("k", 7, "late"), MINE))).isFalse();
        assertThat(get(second.fill(value("k", 8, "new"), OTHERS))).isTrue();
    }

    @Test
    void a_void_lease_is_taken_over_although_it_lives() {
        get(backend.claim(key("k"), record(MINE), LONG));

        assertThat(get(second.takeOver(key("k"), record(OTHERS), LONG, MINE, MINE)))
                .isNull();

        assertThat(get(backend.fill(value("k", 5, "late"), MINE))).isFalse();
        assertThat(get(second.fill(value("k", 6, "new"), OTHERS))).isTrue();
    }

    @Test
    void what_is_gone_or_is_another_one_is_not_taken_over() {
        assertThat(get(backend.takeOver(key("k"), record(MINE), LONG, 5, 0))).isEmpty();
        get(backend.set(value("k", 6, "new"), false));

        assertThat(Envelope.entryId(get(backend.takeOver(key("k"), record(MINE), LONG, 5, 0))))
                .isEqualTo(6);
    }

    @Test
    void a_lease_is_renewed_by_who_has_it() {
        get(backend.claim(key("k"), record(MINE), 1_000));

        assertThat(get(backend.renew(key("k"), OTHERS, LONG))).isFalse();
        assertThat(get(backend.renew(key("k"), MINE, LONG))).isTrue();

        assertThat(secondsLeft(Items.text(key("k")))).isGreaterThan(60);
        get(backend.set(value("v", 5, "old"), false));
        get(backend.takeOver(key("v"), record(MINE), 1_000, 5, 0));
        assertThat(get(backend.renew(key("v"), MINE, LONG))).isTrue();
        assertThat(secondsLeft(LeaseMark.of(Items.text(key("v"))))).isGreaterThan(60);
    }

    @Test
    void a_released_lease_leaves_nothing_and_a_released_value_stays() {
        get(backend.claim(key("k"), record(MINE), LONG));
        assertThat(get(backend.release(key("k"), OTHERS, false))).isFalse();

        assertThat(get(backend.release(key("k"), MINE, false))).isTrue();

        assertThat(get(backend.get(key("k")))).isNull();
        get(backend.set(value("k", 5, "old"), false));
        get(backend.takeOver(key("k"), record(MINE), LONG, 5, 0));
        get(backend.release(key("k"), MINE, false));
        assertThat(get(second.takeOver(key("k"), record(OTHERS), LONG, 5, 0)))
                .as("free again, although the mark lives")
                .isNull();
    }

    @Test
    void who_waits_for_a_load_that_came_to_nothing_is_told_when_it_asks() {
        List<Boolean> told = new ArrayList<>();
        second.onWakeUp((key, uncacheable) -> told.add(uncacheable));
        get(backend.claim(key("k"), record(MINE), LONG));
        assertThat(get(second.announceWaiter(key("k"), MINE))).isNull();

        get(backend.release(key("k"), MINE, true));

        assertThat(get(second.announceWaiter(key("k"), MINE))).isNotNull();
        assertThat(told).containsExactly(true);
        assertThat(get(second.exists(key("k")))).isFalse();
        assertThat(get(backend.set(value("k", 5, "v"), true))).isTrue();
    }

    @Test
    void a_reservation_keeps_nobody_from_loading_and_goes_with_a_removal() {
        byte[] reservation = Envelope.lease(MINE, MINE, Envelope.RESERVED, 0).toBytes();
        assertThat(get(backend.reserve(key("k"), reservation, MINE, LONG))).isTrue();
        assertThat(get(backend.fill(value("k", 5, "committed"), MINE))).isTrue();

        assertThat(get(backend.reserve(key("k"), reservation, MINE, LONG))).isTrue();
        assertThat(get(second.takeOver(key("k"), record(OTHERS), LONG, 5, 0)))
                .as("nobody is kept from loading")
                .isNull();
        assertThat(get(backend.fill(value("k", 6, "late"), MINE))).isFalse();
        assertThat(get(backend.reserve(key("k"), reservation, MINE, LONG)))
                .as("a lease lives")
                .isFalse();

        get(backend.reserve(key("gone"), reservation, MINE, LONG));
        get(second.delete(key("gone")));
        assertThat(get(backend.fill(value("gone", 7, "late"), MINE))).isFalse();
    }

    private static int secondsLeft(String key) {
        String answer = server.ask("mg " + key + " t");
        assertThat(answer).startsWith("HD t");
        return Integer.parseInt(answer.substring("HD t".length()));
    }
}
