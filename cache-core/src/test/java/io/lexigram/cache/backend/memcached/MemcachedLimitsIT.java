package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.KeyScan;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the protocol and the server have limits for. */
class MemcachedLimitsIT extends MemcachedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "with blanks  in\tit", "%20 is no blank", "ünïcödé \uD83D\uDE00", "nbsp\u00A0", "}{:"})
    void keys_of_all_kinds_are_stored_and_listed(String name) {
        byte[] key = KEYS.encode("name space", name);

        get(backend.set(new ByteEntry(key, bytes("v"), StoredEntry.NEVER, Set.of()), false));

        assertThat(get(backend.get(key))).isEqualTo(bytes("v"));
        try (Stream<byte[]> found = ((KeyScan) backend).scan(KEYS.namespacePrefix("name space"))) {
            assertThat(found).containsExactly(key);
        }
        assertThat(KEYS.decode(key).key()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 230, 235, 240, 250, 300, 10_000})
    void keys_over_the_limit_are_shortened_and_stay_apart(int length) {
        byte[] one = key("x".repeat(length) + "1");
        byte[] two = key("x".repeat(length) + "2");

        get(backend.set(new ByteEntry(one, bytes("one"), StoredEntry.NEVER, Set.of()), false));
        get(backend.set(new ByteEntry(two, bytes("two"), StoredEntry.NEVER, Set.of()), false));

        assertThat(one).hasSizeLessThanOrEqualTo(226);
        assertThat(get(backend.getMany(List.of(one, two)))).containsExactly(bytes("one"), bytes("two"));
    }

    @Test
    void a_value_over_the_limit_of_the_server_is_refused_with_both_sizes_and_nothing_is_sent() {
        try (MemcachedServer small = MemcachedServer.start()) {
            MemcachedBackend limited = backendOf(small);
            get(limited.set(new ByteEntry(key("k"), bytes("old"), StoredEntry.NEVER, Set.of()), false));

            assertThatThrownBy(() -> get(limited.set(
                            new ByteEntry(key("k"), new byte[1_100_000], StoredEntry.NEVER, Set.of()), false)))
                    .isInstanceOf(CacheCapacityException.class)
                    .hasMessageContaining("1100000")
                    .hasMessageContaining("1048576")
                    .hasMessageContaining("-I");

            assertThat(get(limited.get(key("k")))).isEqualTo(bytes("old"));
            limited.close();
        }
    }

    @Test
    void the_refusal_of_a_server_that_takes_less_than_it_said_is_the_same() {
        try (MemcachedServer small = MemcachedServer.start()) {
            Reach reach = new Reach();
            Connections.Opener opener = () -> new Boasting(XmemcachedConnections.open(settings(small), reach));
            Items unaware = new Items(new Client(settings(small).timeout(), opener, reach, TimeSource.SYSTEM.ticker()));

            assertThatThrownBy(() -> get(unaware.set("{k}", new byte[1_100_000], Expiry.NEVER)))
                    .isInstanceOf(CacheCapacityException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 29, 30, 31, 400})
    void lifetimes_of_more_than_30_days_are_kept(long days) {
        Duration life = Duration.ofDays(days);

        get(backend.set(new ByteEntry(key("k"), bytes("7"), life.toMillis(), Set.of()), false));

        String answer = server.ask("mg " + Items.text(key("k")) + " t");
        assertThat(answer).startsWith("HD t");
        assertThat(Long.parseLong(answer.substring(4))).isBetween(life.toSeconds() - 60, life.toSeconds() + 60);
        assertThat(get(backend.ttl(key("k")))).isBetween(life.minusMinutes(1).toMillis(), life.toMillis());
    }

    @Test
    void what_never_ends_says_so() {
        get(backend.set(new ByteEntry(key("k"), bytes("7"), StoredEntry.NEVER, Set.of()), false));

        assertThat(server.ask("mg " + Items.text(key("k")) + " t")).isEqualTo("HD t-1");
        assertThat(get(backend.ttl(key("k")))).isEqualTo(StoredEntry.NEVER);
        assertThat(get(backend.ttl(key("gone")))).isEqualTo(-1);
    }

    /** Says that the servers take more than they do. */
    private record Boasting(Connections real) implements Connections {

        @Override
        public void send(Pending<?> pending) {
            real.send(pending);
        }

        @Override
        public int itemLimit() {
            return 2 * DEFAULT_ITEM_LIMIT;
        }

        @Override
        public @Nullable Object client() {
            return real.client();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
