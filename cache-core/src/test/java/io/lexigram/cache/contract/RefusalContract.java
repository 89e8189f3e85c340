package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.lexigram.cache.CacheKey;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a backend cannot do it refuses: it never answers as if there were nothing to do. */
abstract class RefusalContract extends Laws {

    @BeforeEach
    void putAnEntry() {
        texts.put("k", "v", DEFAULTS.tags("red"));
    }

    @Test
    void keys_that_cannot_be_listed_are_neither_listed_nor_swept() {
        lacks(Capability.KEY_SCAN);

        assertRefused(() -> texts.keys("*").count());
        assertRefused(() -> texts.deletePattern("*"));
        assertRefused(() -> texts.clear());
        assertRefused(() -> service.keys("*").count());
        assertRefused(() -> service.deletePattern("*"));
        assertRefused(() -> service.deleteNamespace("texts"));
        assertRefused(() -> service.clear());
        assertThat(texts.exists("k")).isTrue();
    }

    @Test
    void entries_that_cannot_be_found_by_tag_are_not_invalidated_by_tag() {
        lacks(Capability.TAGS);

        assertRefused(() -> texts.invalidateTags("red"));
        assertRefused(() -> service.invalidateTags("red"));
        assertThat(texts.exists("k")).isTrue();
    }

    @Test
    void where_there_are_no_counters_nothing_is_counted() {
        lacks(Capability.COUNTERS);

        assertRefused(() -> texts.increment("n", 1));
        assertRefused(() -> service.increment(CacheKey.of("n"), 1));
        assertThat(texts.exists("n")).isFalse();
    }

    @Test
    void where_there_are_no_versions_none_is_set_or_deleted() {
        lacks(Capability.VERSIONS);

        assertRefused(() -> texts.versioned().set("k", "1", "one"));
        assertRefused(() -> texts.versioned().get("k", "1"));
        assertRefused(() -> texts.versioned().delete("k", true));
        assertRefused(() -> texts.versioned().delete("k", false));
        assertThat(texts.versioned().get("k")).isEqualTo("v");
    }

    @Test
    void a_number_of_entries_that_is_not_known_is_null_and_not_zero() {
        lacks(Capability.ENTRY_COUNT);

        assertThat(texts.stats().totalEntries()).isNull();
        assertThat(service.stats().totalEntries()).isNull();
        assertThat(service.backends().get("primary").entries()).isNull();
    }

    private void lacks(Capability capability) {
        assumeFalse(fixture.capabilities().contains(capability), () -> fixture.name() + " has " + capability + ".");
    }

    private static void assertRefused(ThrowingCallable operation) {
        assertThatThrownBy(operation).isInstanceOf(UnsupportedOperationException.class);
    }
}
