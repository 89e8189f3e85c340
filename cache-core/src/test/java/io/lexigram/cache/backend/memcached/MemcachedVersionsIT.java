package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.VersionedBytes;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.spi.VersionedEntries.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Versions where the server drops what belongs together, and where nodes overtake each other. */
class MemcachedVersionsIT extends MemcachedTest {

    private static final String INDEX = "app:ns:{k}%v";

    private static CompletionStage<List<Outcome>> setting(String key, String version, long id, boolean ordered) {
        ByteEntry value = value(key, id, "of " + version);
        return backend.setVersions(List.of(new VersionedBytes(
                value, StoredEntry.NEVER, Envelope.NEVER, VersionRank.of(version), ordered)));
    }

    private static Outcome set(String version, long id) {
        return get(setting("k", version, id, true)).get(0);
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

    @Test
    void of_many_that_are_under_way_at_once_with_removals_among_them_the_last_one_that_counts_is_current() {
        for (int round = 0; round < 50; round++) {
            List<CompletionStage<?>> underWay = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                underWay.add(setting("k", String.valueOf(i), i, true));
                if (i % 7 == 0) {
                    underWay.add(backend.delete(key("k")));
                }
            }
            underWay.forEach(stage -> get(stage));

            long current = currentId();
            assertThat(current).as("the highest is current, or was removed").isIn(0L, 20L);
            if (current == 20) {
                assertThat(set("19", 19)).isNotEqualTo(Outcome.STORED);
            }
            get(backend.delete(key("k")));
            for (int i = 1; i <= 20; i++) {
                assertThat(version(String.valueOf(i))).isNull();
            }
            server.flush();
        }
    }

    @Test
    void versions_and_keys_of_any_length_are_taken() {
        String key = "k".repeat(500);
        String version = "v ".repeat(64).strip();
        get(setting(key, version, 7, false));

        assertThat(get(backend.get(KeyCodec.versionOf(key(key), version)))).isNotNull();
        assertThat(get(backend.delete(key(key)))).isTrue();
        assertThat(get(backend.get(KeyCodec.versionOf(key(key), version)))).isNull();
    }
}
