package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tag reaches the entries that carry it now, each once, in one cache or in all. */
abstract class TagContract extends Laws {

    @BeforeEach
    void entriesCanBeFoundByTag() {
        needs(Capability.TAGS);
    }

    @Test
    void any_of_the_tags_is_enough_and_an_entry_counts_once() {
        texts.put("red", "v", DEFAULTS.tags("red"));
        texts.put("green", "v", DEFAULTS.tags("green"));
        texts.put("both", "v", DEFAULTS.tags("red", "green"));
        texts.put("blue", "v", DEFAULTS.tags("blue"));
        texts.put("none", "v");

        assertThat(texts.invalidateTags("red", "green", "red", "unknown")).isEqualTo(3);

        assertThat(texts.getMany(List.of("red", "green", "both")).found()).isEmpty();
        assertThat(texts.exists("blue")).isTrue();
        assertThat(texts.exists("none")).isTrue();
        assertThat(texts.invalidateTags("red", "green")).isZero();
    }

    @Test
    void no_tag_hits_nothing() {
        texts.put("k", "v", DEFAULTS.tags("red"));

        assertThat(texts.invalidateTags()).isZero();
        assertThat(service.invalidateTags()).isZero();

        assertThat(texts.exists("k")).isTrue();
    }

    @Test
    void a_tag_of_a_cache_concerns_that_cache_and_a_tag_of_the_service_concerns_all() {
        Cache<String> other = cache("other", String.class);
        texts.put("k", "v", DEFAULTS.tags("red"));
        other.put("k", "v", DEFAULTS.tags("red"));
        service.put(CacheKey.of("bare").tagged("red"), "v");

        assertThat(texts.invalidateTags("red")).isEqualTo(1);
        assertThat(texts.exists("k")).isFalse();
        assertThat(other.exists("k")).isTrue();

        assertThat(service.invalidateTags("red")).isEqualTo(2);
        assertThat(other.exists("k")).isFalse();
        assertThat(service.exists(CacheKey.of("bare"))).isFalse();
    }

    @Test
    void an_entry_of_two_tags_counts_once_for_the_service_too() {
        texts.put("k", "v", DEFAULTS.tags("red", "green"));
        cache("other", String.class).put("k", "v", DEFAULTS.tags("green"));

        assertThat(service.invalidateTags("red", "green")).isEqualTo(2);
    }

    @Test
    void every_entry_carries_the_tags_of_its_cache() {
        Cache<String> tagged =
                service.cache(CacheSpec.of("tagged", String.class).tags("all").build());
        tagged.put("put", "v", DEFAULTS.tags("red"));
        tagged.putIfAbsent("put if absent", "v");
        tagged.putMany(Map.of("put many", "v"));
        tagged.get("loaded", () -> "v");

        assertThat(tagged.getEntry("put").orElseThrow().tags()).containsExactlyInAnyOrder("all", "red");
        assertThat(tagged.invalidateTags("all")).isEqualTo(4);
        assertThat(tagged.exists("loaded")).isFalse();
    }

    @Test
    void an_entry_written_anew_carries_its_new_tags_only() {
        texts.put("k", "v", DEFAULTS.tags("red"));
        texts.put("k", "v2", DEFAULTS.tags("green"));
        texts.put("k2", "v", DEFAULTS.tags("red"));
        texts.delete("k2");
        texts.put("k2", "v2");

        assertThat(texts.invalidateTags("red")).isZero();

        assertThat(texts.get("k")).isEqualTo("v2");
        assertThat(texts.get("k2")).isEqualTo("v2");
        assertThat(texts.invalidateTags("green")).isEqualTo(1);
    }

    @Test
    void an_entry_written_after_an_invalidation_stays() {
        texts.put("k", "v", DEFAULTS.tags("red"));
        texts.invalidateTags("red");

        texts.put("k", "v2", DEFAULTS.tags("red"));

        assertThat(texts.get("k")).isEqualTo("v2");
        assertThat(texts.invalidateTags("red")).isEqualTo(1);
    }

    @Test
    void a_refused_put_if_absent_changes_no_tags() {
        texts.put("k", "v", DEFAULTS.tags("red"));
        texts.putIfAbsent("k", "other", DEFAULTS.tags("green"));

        assertThat(texts.invalidateTags("green")).isZero();
        assertThat(texts.invalidateTags("red")).isEqualTo(1);
    }

    @Test
    void a_prolonged_entry_still_goes_by_its_tag() {
        await("a life that is prolonged in time").until(() -> {
            texts.put("k", "v", DEFAULTS.ttl(shortLife()).tags("red"));
            return texts.expire("k", Duration.ofHours(1));
        });
        texts.put("eternal", "v", DEFAULTS.ttl(Duration.ofDays(365_000)).tags("red"));
        texts.put("ended", "v", DEFAULTS.ttl(shortLife()).tags("red"));
        awaitEnd(texts, "ended", shortLife());

        assertThat(texts.invalidateTags("red")).isEqualTo(2);

        assertThat(texts.exists("k")).isFalse();
        assertThat(texts.exists("eternal")).isFalse();
    }

    @Test
    void what_takes_the_place_of_an_ended_entry_has_tags_of_its_own() {
        texts.put("k", "v", DEFAULTS.ttl(shortLife()).tags("red"));
        awaitEnd(texts, "k", shortLife());
        assertThat(texts.putIfAbsent("k", "v2", DEFAULTS.tags("green"))).isTrue();

        assertThat(texts.invalidateTags("red")).isZero();
        assertThat(texts.get("k")).isEqualTo("v2");
        assertThat(texts.invalidateTags("green")).isEqualTo(1);
    }

    @Test
    void a_counter_in_the_place_of_a_tagged_entry_has_no_tag() {
        needs(Capability.COUNTERS);
        texts.put("k", "v", DEFAULTS.tags("red"));
        texts.delete("k");
        texts.increment("k", 5);

        assertThat(texts.invalidateTags("red")).isZero();
        assertThat(texts.increment("k", 0)).isEqualTo(5);
    }

    @Test
    void a_tag_of_a_cache_leaves_caches_whose_names_begin_alike() {
        List<String> others = List.of("user", "users2", "users::admins", "users:", "users{1}", "users*", "USERS");
        others.forEach(name -> cache(name, String.class).put("k", "v", DEFAULTS.tags("red")));
        service.put(CacheKey.of("users").tagged("red"), "v");
        cache("users", String.class).put("k", "v", DEFAULTS.tags("red"));

        assertThat(cache("users", String.class).invalidateTags("red")).isEqualTo(1);

        others.forEach(name ->
                assertThat(cache(name, String.class).exists("k")).as(name).isTrue());
        assertThat(service.exists(CacheKey.of("users"))).isTrue();
    }

    @Test
    void tags_of_any_characters_are_different_tags() {
        String[] tags = {
            "a", "A", "á", "a\u0301", "*", "?", "[a]", "a:b", "{a}", "%", "😀", " ", "a b", "t".repeat(1_000)
        };
        for (int i = 0; i < tags.length; i++) {
            texts.put("k" + tags[i], "v", DEFAULTS.tags(tags[i]));
        }

        for (String tag : Set.of(tags)) {
            assertThat(texts.getEntry("k" + tag).orElseThrow().tags()).containsExactly(tag);
            assertThat(texts.invalidateTags(tag)).as("'%s'", tag).isEqualTo(1);
            assertThat(texts.exists("k" + tag)).isFalse();
        }
    }

    @Test
    void a_tag_reaches_keys_of_every_kind() {
        String[] keys = {"*", "a:b", "{", "}", "%", "😀", "k".repeat(100_000), "k".repeat(512)};
        for (String key : keys) {
            texts.put(key, "v", DEFAULTS.tags("red"));
        }

        assertThat(texts.invalidateTags("red")).isEqualTo(keys.length);

        for (String key : keys) {
            assertThat(texts.exists(key)).isFalse();
        }
    }

    @Test
    void thousands_of_entries_of_one_tag_go_at_once() {
        Map<String, String> values =
                IntStream.range(0, 3_000).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v" + i));
        texts.putMany(values, DEFAULTS.tags("red"));
        texts.put("kept", "v");

        assertThat(texts.invalidateTags("red")).isEqualTo(3_000);

        assertThat(texts.getMany(values.keySet()).found()).isEmpty();
        assertThat(texts.exists("kept")).isTrue();
    }

    @Test
    void a_tag_reaches_what_another_node_wrote() {
        needs(Capability.SHARED);
        node(HERE).cache("texts", String.class).put("k", "v", DEFAULTS.tags("red"));

        assertThat(service.invalidateTags("red")).isEqualTo(1);

        assertThat(texts.exists("k")).isFalse();
    }
}
