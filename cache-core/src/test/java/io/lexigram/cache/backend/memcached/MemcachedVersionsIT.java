package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.VersionedBytes;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.spi.VersionedEntries.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions where the server drops what belongs together, and where nodes overtake each other. */
class MemcachedVersionsIT extends MemcachedTest {

    private static final String INDEX = "app:ns:{k}%v";

    private static CompletionStage<List<Outcome>> setting(
            MemcachedBackend node, String key, String version, long id, boolean ordered) {
        ByteEntry value = value(key, id, "of " + version);
        return node.setVersions(List.of(
                new VersionedBytes(value, StoredEntry.NEVER, Envelope.NEVER, VersionRank.of(version), ordered)));
    }

    private static Outcome set(String version, long id) {
        return get(setting(backend, "k", version, id, true)).get(0);
    }

    private static byte[] version(String version) {
        return get(backend.get(KeyCodec.versionOf(key("k"), version)));
    }

    private static long currentId() {
        byte[] current = get(backend.get(key("k")));
        return current == null || Envelope.isLease(current) ? 0 : Envelope.entryId(current);
    }

    @Test
    void a_value_that_is_not_listed_is_not_served() {
        set("1", 7);
        assertThat(version("1")).isNotNull();

        assertThat(server.ask("delete " + INDEX)).isEqualTo("DELETED");

        assertThat(version("1")).isNull();
        assertThat(currentId()).isEqualTo(7);
    }

    @Test
    void a_value_whose_removal_never_arrived_is_not_served_beside_a_later_one_of_its_version() {
        set("1", 7);
        byte[] old = version("1");
        get(backend.delete(key("k")));
        assertThat(version("1")).isNull();

        // As where the removal of the value alone was lost.
        String key = VersionKeys.valueOf("app:ns:{k}", "1");
        get(backend.items.set(key, old, Expiry.NEVER));
        assertThat(version("1")).isNull();

        set("1", 8);
        assertThat(Envelope.entryId(version("1"))).isEqualTo(8);
    }

    @Test
    void what_is_known_of_the_versions_may_be_damaged_and_is_written_anew() {
        set("5", 7);
        assertThat(server.ask("set " + INDEX + " 0 0 3\r\nxyz")).isEqualTo("STORED");

        assertThat(version("5")).isNull();
        assertThat(set("1", 8)).as("the last one is forgotten").isEqualTo(Outcome.STORED);
        assertThat(currentId()).isEqualTo(8);
    }

    @Test
    void a_removal_of_the_current_value_alone_is_none_of_the_versions() {
        set("1", 7);

        assertThat(get(backend.deleteCurrent(List.of(key("k"), key("other"))))).isEqualTo(1);

        assertThat(currentId()).isZero();
        assertThat(version("1")).isNotNull();
        assertThat(set("0", 8)).isNotEqualTo(Outcome.STORED);
    }

    /** The node that is overtaken looks at its clock at each step; the third and fourth time its index is written already. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_lower_version_that_is_overtaken_at_any_step_does_not_become_the_current_one(int step) {
        get(backend.set(value("k", 1, "plain"), false));

        overtaken(step, "5", () -> assertThat(set("6", 6)).isEqualTo(Outcome.STORED));

        assertThat(currentId()).isEqualTo(6);
        assertThat(Envelope.entryId(version("6"))).isEqualTo(6);
        assertThat(set("5", 7)).isNotEqualTo(Outcome.STORED);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void a_version_that_is_removed_before_it_is_current_does_not_become_so(int step) {
        get(backend.set(value("k", 1, "plain"), false));

        overtaken(step, "5", () -> get(backend.delete(key("k"))));

        assertThat(currentId()).isZero();
        assertThat(version("5")).isNull();
    }

    private static void overtaken(int step, String version, Runnable other) {
        AtomicInteger looks = new AtomicInteger();
        TimeSource time = new TimeSource(
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        throw new UnsupportedOperationException("This clock has no other zone");
                    }

                    @Override
                    public Instant instant() {
                        if (looks.incrementAndGet() == step) {
                            other.run();
                        }
                        return Instant.now();
                    }
                },
                TimeSource.SYSTEM.ticker());
        try (MemcachedBackend overtaken = MemcachedBackend.listingKeys(settings(server), KEYS, time)) {
            get(setting(overtaken, "k", version, 5, true));
        }
        assertThat(looks).as("looks at the clock").hasValueGreaterThanOrEqualTo(step);
    }

    @Test
    void versions_and_keys_of_any_length_are_taken() {
        String key = "k".repeat(500);
        String version = "v ".repeat(64).strip();
        get(setting(backend, key, version, 7, false));

        assertThat(get(backend.get(KeyCodec.versionOf(key(key), version)))).isNotNull();
        assertThat(get(backend.delete(key(key)))).isTrue();
        assertThat(get(backend.get(KeyCodec.versionOf(key(key), version)))).isNull();
    }
}
