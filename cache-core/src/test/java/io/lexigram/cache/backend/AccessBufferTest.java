package io.lexigram.cache.backend;

import static io.lexigram.cache.backend.Stores.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AccessBufferTest {

    private final Stores stores = new Stores();
    private final EntryStore store = stores.open("users");
    private final StoredEntry entry = stores.text("v");

    @Test
    void accesses_are_handed_over_once_there_are_64() {
        store.write("k", entry);
        access(63);
        assertThat(store.read("k", TEXT).hits()).isZero();

        stores.time.advance(Duration.ofMillis(999));
        access(1);

        assertThat(store.read("k", TEXT).hits()).isEqualTo(64);
        assertThat(store.read("k", TEXT).lastAccessMillis())
                .isEqualTo(stores.time.now().toEpochMilli());
        assertThat(stores.bytes.calls.stream().filter("accessed"::equals)).hasSize(1);
    }

    @Test
    void accesses_are_handed_over_a_second_after_the_last_time() {
        store.write("k", entry);
        access(1);
        stores.time.advance(Duration.ofSeconds(1));
        access(1);
        access(5);

        assertThat(store.read("k", TEXT).hits()).isEqualTo(2);
        stores.time.advance(Duration.ofSeconds(1));
        access(1);
        assertThat(store.read("k", TEXT).hits()).isEqualTo(8);
    }

    @Test
    void what_is_left_is_handed_over_when_the_store_is_closed() {
        store.write("k", entry);
        access(3);

        store.close();

        assertThat(store.read("k", TEXT).hits()).isEqualTo(3);
    }

    @Test
    void nobody_waits_for_marks_and_a_fault_is_ignored() {
        stores.bytes.fault = CompletableFuture::new;
        access(64);
        stores.bytes.fault = () -> {
            throw new CacheBackendException("down");
        };
        access(64);

        assertThat(stores.bytes.calls).containsExactly("accessed", "accessed");
    }

    @Test
    void while_marks_are_handed_over_those_of_1024_further_keys_are_held_and_no_more() {
        List<String> handedOver = new ArrayList<>();
        AccessBuffer[] buffer = new AccessBuffer[1];
        buffer[0] = new AccessBuffer(
                (key, hits, millis) -> {
                    handedOver.add(new String(key, UTF_8) + "=" + hits);
                    if (handedOver.size() == 1) {
                        for (int i = 0; i < 3_000; i++) {
                            buffer[0].note("k" + i);
                            buffer[0].note("k" + i);
                        }
                    }
                    return CompletableFuture.completedFuture(null);
                },
                key -> key.getBytes(UTF_8),
                stores.time.source());
        buffer[0].note("first");
        buffer[0].flush();
        assertThat(handedOver).containsExactly("first=1");

        buffer[0].flush();

        assertThat(handedOver).hasSize(1 + 1_024).contains("k0=2", "k1023=2");
    }

    private void access(int times) {
        for (int i = 0; i < times; i++) {
            store.accessed("k", entry);
        }
    }
}
