package io.lexigram.cache.backend;

import static io.lexigram.cache.backend.Stores.TEXT;
import static io.lexigram.cache.backend.Stores.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.Generations;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.testing.HeapGenerations;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of how many invalidated groups an adapter remembers the moment. */
class GroupLimitTest {

    private final Stores stores = new Stores();
    private final HeapGenerations generations = new HeapGenerations();

    @Test
    void entries_of_groups_within_the_limit_are_judged_from_memory() {
        assertThat(callsOfAReadAfterTwoInvalidations(2)).doesNotContain("stamps");
    }

    @Test
    void entries_of_groups_beyond_the_limit_are_asked_about() {
        assertThat(callsOfAReadAfterTwoInvalidations(1)).contains("stamps");
    }

    @Test
    void a_limit_of_none_is_refused() {
        assertThatThrownBy(() -> open(0))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("0")
                .hasMessageContaining("at least 1");
    }

    private List<String> callsOfAReadAfterTwoInvalidations(int maxGroups) {
        EntryStore store = open(maxGroups);
        store.write("k", stores.text("v", "red"));
        store.removeTagged("green");
        store.removeTagged("blue");
        generations.calls();

        assertThat(value(store.read("k", TEXT))).isEqualTo("v");

        return generations.calls();
    }

    private EntryStore open(int maxGroups) {
        ByteBackend backend = (ByteBackend) Proxy.newProxyInstance(
                ByteBackend.class.getClassLoader(),
                new Class<?>[] {ByteBackend.class, ByteBackend.TagIndex.class, Generations.class},
                (proxy, method, arguments) -> method.invoke(
                        method.getDeclaringClass() == Generations.class ? generations : stores.bytes, arguments));
        return new EncodedBackend(backend, new KeyCodec("app"), Duration.ofSeconds(20), maxGroups, stores.time.source())
                .open(stores.spec("users", new JsonCodec(), ""));
    }
}
