package io.lexigram.cache.backend;

import static io.lexigram.cache.backend.Stores.TEXT;
import static io.lexigram.cache.backend.Stores.value;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.testing.HeapBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncodedScanTest {

    private static final Predicate<String> ALL = key -> true;
    private static final String LONG = "long-".repeat(200);

    private final Stores stores = new Stores();
    private final HeapBytes bytes = stores.bytes;
    private final EntryStore users = stores.open("users");
    private final EntryStore nested = stores.open("users::admins");
    private final EntryStore similar = stores.open("users2");
    private final EntryStore unnamed = stores.open("");

    @Test
    void clearing_a_namespace_leaves_all_others() {
        writeToAll("1");
        users.write(":admins:1", stores.text("v"));

        assertThat(users.clear()).isEqualTo(2);

        assertThat(users.read("1", TEXT)).isNull();
        assertThat(Stream.of(nested, similar, unnamed).map(store -> value(store.read("1", TEXT))))
                .containsOnly("v");
    }

    @Test
    void the_keys_without_a_namespace_are_a_namespace_of_their_own() {
        writeToAll("1");

        assertThat(keys(unnamed, ALL, "")).containsExactly("1");
        assertThat(unnamed.clear()).isEqualTo(1);
        assertThat(bytes.physicalKeys()).hasSize(3);
    }

    @Test
    void removing_a_namespace_by_name_is_clearing_it() {
        writeToAll("1");

        assertThat(stores.backend.removeNamespace("users")).isEqualTo(1);
        assertThat(stores.backend.removeNamespace("")).isEqualTo(1);

        assertThat(bytes.physicalKeys()).containsExactlyInAnyOrder("app:users%3A%3Aadmins:{1}", "app:users2:{1}");
    }

    @Test
    void clearing_the_backend_removes_every_entry_of_its_prefix_and_no_other_data() {
        writeToAll("1");
        users.write(LONG, stores.text("v"));
        users.increment("counter", 1, 1_000);
        bytes.hold("app2:users:{1}", new byte[] {1});
        String auxiliary = new String(new KeyCodec("app").auxiliary("tag", "x"), ISO_8859_1);
        bytes.hold(auxiliary, new byte[] {1});

        assertThat(stores.backend.clear()).isEqualTo(6);
        assertThat(bytes.physicalKeys()).containsExactlyInAnyOrder("app2:users:{1}", auxiliary);
    }

    @Test
    void keys_are_listed_by_beginning_and_predicate() {
        List.of("a1", "a2", "b1", "a*", "{a}", "a%1").forEach(key -> users.write(key, stores.text("v")));

        assertThat(keys(users, ALL, "a")).containsExactlyInAnyOrder("a1", "a2", "a*", "a%1");
        assertThat(keys(users, key -> key.endsWith("1"), "")).containsExactlyInAnyOrder("a1", "b1", "a%1");
        assertThat(keys(users, ALL, "a*")).containsExactly("a*");
        assertThat(keys(users, ALL, "a%")).containsExactly("a%1");
    }

    @Test
    void matching_keys_are_removed_and_counted_once_though_the_scan_tells_them_twice() {
        List.of("a1", "a2", "b1").forEach(key -> users.write(key, stores.text("v")));
        similar.write("a1", stores.text("v"));

        assertThat(users.removeMatching(key -> key.startsWith("a"), "a")).isEqualTo(2);

        assertThat(keys(users, ALL, "")).containsExactly("b1");
        assertThat(value(similar.read("a1", TEXT))).isEqualTo("v");
    }

    @Test
    void a_hashed_key_is_listed_and_matched_by_its_whole_text() {
        users.write(LONG + "1", stores.text("one"));
        users.write(LONG + "2", stores.text("two"));
        users.write(LONG.repeat(100), stores.text("very long"));

        assertThat(keys(users, ALL, LONG)).containsExactlyInAnyOrder(LONG + "1", LONG + "2", LONG.repeat(100));
        assertThat(users.removeMatching(key -> key.endsWith("1"), "long-")).isEqualTo(1);
        assertThat(users.read(LONG + "1", TEXT)).isNull();
        assertThat(value(users.read(LONG + "2", TEXT))).isEqualTo("two");
    }

    @Test
    void the_tags_of_an_entry_do_not_hide_its_hashed_key() {
        String[] tags = IntStream.range(0, 2_000).mapToObj(i -> "tag-" + i).toArray(String[]::new);
        users.write(LONG, stores.text("v", tags));

        assertThat(keys(users, ALL, "")).containsExactly(LONG);
    }

    @Test
    void a_hashed_key_whose_value_is_damaged_or_foreign_or_a_lease_is_not_listed_but_cleared() {
        users.write(LONG, stores.text("v"));
        String physical = bytes.physicalKeys().iterator().next();
        byte[] value = bytes.held(physical);
        users.write(LONG + "other", stores.text("v"));
        bytes.physicalKeys().forEach(key -> bytes.hold(key, value.clone()));
        assertThat(keys(users, ALL, "")).as("one under its own key, one copied").containsExactly(LONG);

        bytes.hold(physical, Arrays.copyOf(value, 120));
        assertThat(keys(users, ALL, "")).isEmpty();
        bytes.hold(physical, Envelope.lease(1, 2, 3, 4).toBytes());
        assertThat(keys(users, ALL, "")).isEmpty();
        bytes.hold(physical, "7".getBytes(ISO_8859_1));
        assertThat(keys(users, ALL, "")).isEmpty();

        assertThat(users.clear()).isEqualTo(2);
    }

    @Test
    void a_large_namespace_is_removed_in_bounded_pieces() {
        Map<String, StoredEntry> entries = new LinkedHashMap<>();
        IntStream.range(0, 1_234).forEach(i -> entries.put("k" + i, stores.text("v")));
        users.writeMany(entries);
        bytes.calls.clear();

        assertThat(keys(users, ALL, "")).containsAll(entries.keySet());
        assertThat(users.removeMatching(key -> !key.equals("k0"), "k")).isEqualTo(1_233);

        assertThat(bytes.calls.stream().filter("deleteMany"::equals)).hasSize(26);
        assertThat(bytes.physicalKeys()).containsExactly("app:users:{k0}");
    }

    @Test
    void the_keys_of_all_namespaces_are_matched_by_their_full_key() {
        writeToAll("1");
        bytes.hold("app:users:{\u0001}", new byte[] {1});

        try (Stream<CacheKey> keys = stores.backend.keys(full -> full.endsWith("s:1"))) {
            assertThat(keys.distinct())
                    .containsExactlyInAnyOrder(
                            CacheKey.of("1").in("users"), CacheKey.of("1").in("users::admins"));
        }
        try (Stream<CacheKey> keys = stores.backend.keys(ALL)) {
            assertThat(keys.distinct()).contains(CacheKey.of("1")).hasSize(4);
        }
    }

    @Test
    void keys_of_several_namespaces_are_removed_in_one_call() {
        writeToAll("1");
        bytes.calls.clear();

        long removed = stores.backend.removeMany(List.of(
                CacheKey.of("1"),
                CacheKey.of("1").in("users2"),
                CacheKey.of("2").in("users2")));

        assertThat(removed).isEqualTo(2);
        assertThat(stores.backend.removeMany(List.of())).isZero();
        assertThat(bytes.calls).containsExactly("deleteMany");
        assertThat(bytes.physicalKeys()).containsExactlyInAnyOrder("app:users:{1}", "app:users%3A%3Aadmins:{1}");
    }

    @Test
    void a_tag_of_a_store_concerns_its_namespace_and_a_tag_of_the_backend_all() {
        users.write("1", stores.text("v", "t", "u"));
        similar.write("1", stores.text("v", "t"));
        unnamed.write("1", stores.text("v", "u"));

        assertThat(users.removeTagged("t")).isEqualTo(1);
        assertThat(value(similar.read("1", TEXT))).isEqualTo("v");
        users.write("1", stores.text("v", "u"));
        assertThat(stores.backend.removeTagged("u")).isEqualTo(2);
        assertThat(bytes.physicalKeys()).containsExactly("app:users2:{1}");
    }

    @Test
    void closing_a_stream_of_keys_closes_the_scan() {
        List<String> closed = new ArrayList<>();
        HeapBytes watched = new HeapBytes(stores.time.source()) {
            @Override
            public Stream<byte[]> scan(byte[] prefix) {
                return super.scan(prefix).onClose(() -> closed.add("scan"));
            }
        };
        EncodedBackend backend = stores.backend(watched, Duration.ofSeconds(20));

        backend.keys(ALL).close();
        backend.clear();

        assertThat(closed).containsExactly("scan", "scan");
    }

    private void writeToAll(String key) {
        Stream.of(users, nested, similar, unnamed).forEach(store -> store.write(key, stores.text("v")));
    }

    private static List<String> keys(EntryStore store, Predicate<String> key, String literalPrefix) {
        try (Stream<String> keys = store.keys(key, literalPrefix)) {
            return keys.distinct().toList();
        }
    }
}
