package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.entry;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static io.lexigram.cache.backend.redis.Entries.lease;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class RedisValuesIT extends RedisTest {

    private static final byte[] KEY = key("k");

    @Test
    void what_was_set_is_read_and_what_was_not_is_null() {
        ByteEntry entry = entry("k", "v");

        assertThat(get(backend.set(entry, false))).isTrue();

        assertThat(get(backend.get(KEY))).isEqualTo(entry.value());
        assertThat(get(backend.get(key("other")))).isNull();
    }

    @Test
    void a_value_of_any_bytes_and_of_a_mebibyte_comes_back_unchanged() {
        byte[] value = new byte[1 << 20];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }

        get(backend.set(new ByteEntry(KEY, value, StoredEntry.NEVER, Set.of()), false));

        assertThat(get(backend.get(KEY))).isEqualTo(value);
    }

    @Test
    void the_server_ends_a_lifetime_and_tells_what_remains_of_it() {
        get(backend.set(entry("k", "v", 60_000), false));
        get(backend.set(entry("endless", "v"), false));

        assertThat(server.pttl(KEY)).isBetween(50_000L, 60_000L);
        assertThat(get(backend.ttl(KEY))).isBetween(50_000L, 60_000L);
        assertThat(get(backend.ttl(key("endless")))).isEqualTo(StoredEntry.NEVER);
        assertThat(get(backend.ttl(key("absent")))).isEqualTo(-1);
    }

    @Test
    void a_later_set_without_end_takes_the_end_of_an_earlier_one_away() {
        get(backend.set(entry("k", "v", 60_000), false));

        get(backend.set(entry("k", "v"), false));

        assertThat(get(backend.ttl(KEY))).isEqualTo(StoredEntry.NEVER);
    }

    @Test
    void deleting_tells_whether_there_was_an_entry() {
        get(backend.set(entry("k", "v"), false));

        assertThat(get(backend.delete(KEY))).isTrue();
        assertThat(get(backend.delete(KEY))).isFalse();
        assertThat(get(backend.get(KEY))).isNull();
    }

    @Test
    void an_entry_keeps_another_from_being_set_where_there_must_be_none() {
        ByteEntry first = entry("k", "first", 60_000);

        assertThat(get(backend.set(first, true))).isTrue();
        assertThat(get(backend.set(entry("k", "second"), true))).isFalse();

        assertThat(get(backend.get(KEY))).isEqualTo(first.value());
        assertThat(get(backend.ttl(KEY))).isBetween(50_000L, 60_000L);
    }

    @Test
    void a_lease_record_can_be_read_and_is_absent_for_everything_else() {
        byte[] lease = lease();
        server.psetex(KEY, 5_000, lease);

        assertThat(get(backend.get(KEY))).isEqualTo(lease);
        assertThat(get(backend.exists(KEY))).isFalse();
        assertThat(get(backend.ttl(KEY))).isEqualTo(-1);
        assertThat(get(backend.expire(KEY, 60_000, 1))).isFalse();
        get(backend.accessed(KEY, 1, 1));
        assertThat(server.get(KEY)).isEqualTo(lease);
        assertThat(server.pttl(KEY)).isBetween(1L, 5_000L);
    }

    @Test
    void a_lease_record_makes_way_for_a_value() {
        server.set(KEY, lease());
        ByteEntry entry = entry("k", "v", 60_000);

        assertThat(get(backend.set(entry, true))).isTrue();

        assertThat(get(backend.get(KEY))).isEqualTo(entry.value());
    }

    @Test
    void a_lease_record_is_removed_but_not_counted() {
        server.set(KEY, lease());
        server.set(key("other"), lease());
        get(backend.set(entry("live", "v"), false));

        assertThat(get(backend.delete(KEY))).isFalse();
        assertThat(get(backend.deleteMany(List.of(key("other"), key("live"))))).isEqualTo(1);

        assertThat(server.exists(KEY, key("other"), key("live"))).isZero();
    }

    @Test
    void existence_is_told_without_the_value() {
        get(backend.set(entry("k", "v"), false));

        assertThat(get(backend.exists(KEY))).isTrue();
        assertThat(get(backend.exists(key("other")))).isFalse();
    }

    @Test
    void a_new_lifetime_is_the_servers_and_the_envelopes() {
        get(backend.set(entry("k", "v"), false));

        assertThat(get(backend.expire(KEY, 60_000, 1_700_000_000_123L))).isTrue();

        assertThat(get(backend.ttl(KEY))).isBetween(50_000L, 60_000L);
        Envelope envelope = Envelope.read(get(backend.get(KEY)));
        assertThat(envelope.header().expiresAtMillis()).isEqualTo(1_700_000_000_123L);
    }

    @Test
    void an_endless_lifetime_replaces_one_with_an_end() {
        get(backend.set(entry("k", "v", 60_000), false));
        get(backend.expire(KEY, 60_000, 1_700_000_000_123L));

        assertThat(get(backend.expire(KEY, StoredEntry.NEVER, StoredEntry.NEVER)))
                .isTrue();

        assertThat(get(backend.ttl(KEY))).isEqualTo(StoredEntry.NEVER);
        Envelope envelope = Envelope.read(get(backend.get(KEY)));
        assertThat(envelope.header().expiresAtMillis()).isEqualTo(Envelope.NEVER);
    }

    @Test
    void what_is_absent_gets_no_lifetime() {
        assertThat(get(backend.expire(KEY, 60_000, 1))).isFalse();
        assertThat(server.exists(KEY)).isZero();
    }

    @Test
    void accesses_add_up_in_the_envelope_and_change_nothing_else() {
        get(backend.set(entry("k", "v", 60_000), false));

        get(backend.accessed(KEY, 3, 1_700_000_000_000L));
        get(backend.accessed(KEY, 1L << 40, 1_700_000_000_999L));

        Envelope envelope = Envelope.read(get(backend.get(KEY)));
        assertThat(envelope.header().hits()).isEqualTo(3 + (1L << 40));
        assertThat(envelope.header().lastAccessMillis()).isEqualTo(1_700_000_000_999L);
        assertThat(get(backend.ttl(KEY))).isBetween(50_000L, 60_000L);
    }

    @Test
    void accesses_of_what_is_absent_or_raw_leave_no_trace() {
        server.set(KEY, bytes("12"));

        get(backend.accessed(KEY, 3, 1));
        get(backend.accessed(key("absent"), 3, 1));

        assertThat(server.get(KEY)).isEqualTo(bytes("12"));
        assertThat(server.exists(key("absent"))).isZero();
    }

    @Test
    void what_is_no_string_reads_as_no_bytes_and_makes_way_for_a_value() {
        server.hset(KEY, bytes("field"), bytes("value"));

        assertThat(get(backend.get(KEY))).isEmpty();
        assertThat(get(backend.exists(KEY))).isFalse();
        assertThat(get(backend.ttl(KEY))).isEqualTo(-1);
        assertThat(get(backend.expire(KEY, 1_000, 1))).isFalse();
        get(backend.accessed(KEY, 1, 1));
        assertThat(get(backend.getMany(List.of(KEY)))).containsOnlyNulls();
        assertThat(get(backend.heads(List.of(KEY), 10))).containsOnlyNulls();
        assertThat(get(backend.set(entry("k", "v"), true))).isTrue();
        assertThat(get(backend.exists(KEY))).isTrue();
    }

    @Test
    void what_is_no_string_is_removed_but_not_counted() {
        server.hset(KEY, bytes("field"), bytes("value"));

        assertThat(get(backend.delete(KEY))).isFalse();

        assertThat(server.exists(KEY)).isZero();
    }

    @Test
    void operations_of_one_key_take_effect_in_the_order_of_the_calls() {
        List<CompletionStage<?>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(backend.set(entry("k", "v", "tag"), i % 2 == 0));
            calls.add(backend.delete(KEY));
            calls.add(backend.set(entry("k", "v"), false));
            calls.add(backend.deleteMany(List.of(KEY)));
        }
        CompletionStage<byte[]> last = backend.get(KEY);

        calls.forEach(call -> assertThat((Object) get(call)).isIn(true, 1L));
        assertThat(get(last)).isNull();
    }

    @Test
    void a_script_the_server_has_forgotten_is_sent_again() {
        get(backend.increment(KEY, 1, 60_000));
        server.scriptFlush();

        assertThat(get(backend.increment(KEY, 1, 60_000))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"maxmemory, 1, 0, OOM", "min-replicas-to-write, 1, 0, NOREPLICAS"})
    void a_write_the_server_refuses_fails_with_its_words_and_reads_go_on(
            String setting, String value, String usual, String words) {
        get(backend.set(entry("k", "v", "t"), false));
        server.configSet(setting, value);
        try {
            List<CompletionStage<?>> writes = List.of(
                    backend.set(entry("k", "w"), false),
                    backend.set(entry("k", "w", "t"), false),
                    backend.set(entry("new", "w"), true),
                    backend.setMany(List.of(entry("k", "w"), entry("l", "w"))),
                    backend.increment(key("n"), 1, 60_000));
            for (CompletionStage<?> write : writes) {
                assertThatThrownBy(() -> get(write))
                        .isInstanceOf(CacheBackendException.class)
                        .hasMessageContaining(words);
            }
            assertThat(get(backend.get(KEY))).isNotNull();
        } finally {
            server.configSet(setting, usual);
        }
    }

    @Test
    void the_native_objects_are_given_away() {
        get(backend.ping());

        assertThat(backend.unwrap(LettuceConnectionFactory.class)).isNotNull();
        assertThat(backend.unwrap(StatefulRedisConnection.class)).isNotNull();
        assertThat(backend.unwrap(RedisClient.class)).isNotNull();
        assertThat(backend.unwrap(String.class)).isNull();
    }
}
