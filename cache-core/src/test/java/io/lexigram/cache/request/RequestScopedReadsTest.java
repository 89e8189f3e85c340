package io.lexigram.cache.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RequestScopedReadsTest {

    private static final CacheKey KEY = CacheKey.of("42").in("products");
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    @AutoClose
    private final CacheService caches = LexigramCache.builder()
            .codec(new JsonCodec())
            .backend("memory", MemoryBackend.builder().build())
            .build();

    private final AtomicReference<@Nullable RequestMemo> current = new AtomicReference<>(new RequestMemo(2));
    private final RequestScopedReads reads = new RequestScopedReads(caches, current::get);

    @Test
    void what_a_request_has_read_it_reads_again_unchanged() {
        caches.put(KEY, "lamp");
        reads.get(KEY, String.class);
        caches.put(KEY, "changed");

        assertThat(reads.get(KEY, String.class)).isEqualTo("lamp");
        assertThat(reads.getOrDefault(KEY, String.class, "none")).isEqualTo("lamp");
        assertThat(reads.lookupAsync(KEY, TEXT).toCompletableFuture().join()).isEqualTo(new Lookup.Hit<>("lamp"));
    }

    @Test
    void the_next_request_reads_anew() {
        caches.put(KEY, "lamp");
        reads.lookupAsync(KEY, TEXT).toCompletableFuture().join();
        caches.put(KEY, "changed");
        assertThat(reads.get(KEY, String.class)).isEqualTo("lamp");
        current.set(new RequestMemo(2));

        assertThat(reads.get(KEY, String.class)).isEqualTo("changed");
    }

    @Test
    void outside_a_request_every_read_is_a_plain_one() {
        current.set(null);
        caches.put(KEY, "lamp");
        reads.get(KEY, String.class);
        caches.put(KEY, "changed");

        assertThat(reads.get(KEY, String.class)).isEqualTo("changed");
        assertThat(reads.get(KEY, TEXT, () -> "loaded")).isEqualTo("changed");
    }

    @Test
    void absence_is_not_remembered() {
        assertThat(reads.getOrDefault(KEY, String.class, "none")).isEqualTo("none");
        caches.put(KEY, "lamp");

        assertThat(reads.getOrDefault(KEY, String.class, "none")).isEqualTo("lamp");
    }

    @Test
    void null_is_remembered() {
        caches.put(KEY, null);
        reads.get(KEY, String.class);
        caches.put(KEY, "changed");

        assertThat(reads.getOrDefault(KEY, String.class, "none")).isNull();
    }

    @Test
    void what_was_loaded_is_remembered_and_a_failure_is_not() {
        assertThatThrownBy(() -> reads.get(KEY, TEXT, () -> {
                    throw new IllegalStateException("no connection");
                }))
                .hasMessage("no connection");
        assertThat(reads.get(KEY, TEXT, () -> "loaded")).isEqualTo("loaded");
        caches.delete(KEY);

        assertThat(reads.get(KEY, TEXT, () -> "again")).isEqualTo("loaded");
    }

    @Test
    void what_the_request_writes_it_reads_anew() {
        reads.get(KEY, TEXT, () -> "loaded");
        reads.put(KEY, "written");
        assertThat(reads.get(KEY, String.class)).isEqualTo("written");
        assertThat(reads.delete(KEY)).isTrue();

        assertThat(reads.get(KEY, String.class)).isNull();
    }

    @Test
    void a_key_of_another_namespace_is_not_forgotten_with_it() {
        CacheKey other = CacheKey.of("42").in("others");
        reads.get(other, TEXT, () -> "other");
        reads.delete(KEY);
        caches.delete(other);

        assertThat(reads.get(other, String.class)).isEqualTo("other");
    }

    @Test
    void a_value_is_not_remembered_as_another_type() {
        caches.put(KEY, "lamp");
        reads.get(KEY, String.class);

        assertThat(reads.get(KEY, Integer.class)).isNull();
    }

    @Test
    void a_memo_can_be_named() {
        RequestMemo named = new RequestMemo(1);
        reads.in(named).get(KEY, TEXT, () -> "loaded");
        caches.delete(KEY);

        assertThat(reads.get(KEY, String.class)).isNull();
        assertThat(reads.in(named).get(KEY, String.class)).isEqualTo("loaded");
    }
}
