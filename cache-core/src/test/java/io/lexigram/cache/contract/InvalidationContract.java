package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns, namespaces and clear hit what they name, count it, and leave everything else. */
abstract class InvalidationContract extends Laws {

    private static final Set<String> KEYS = Set.of(
            "a", "ab", "abc", "b", "user:1", "user:2", "user:10", "user:*", "u[1]", "x\\y", "x?y", "é1", "😀", "a b",
            "USER:1");

    private static final List<String> NAMESPACES = List.of(
            "users",
            "users2",
            "user",
            "users::admins",
            "users:",
            "u*",
            "u?ers",
            "[u]sers",
            "users{1}",
            "%75sers",
            "Users",
            "*");

    static Stream<Arguments> patterns() {
        return Stream.of(
                Arguments.of("*", KEYS),
                Arguments.of("user:*", Set.of("user:1", "user:2", "user:10", "user:*")),
                Arguments.of("user:?", Set.of("user:1", "user:2", "user:*")),
                Arguments.of("user:[12]", Set.of("user:1", "user:2")),
                Arguments.of("user:[0-1]*", Set.of("user:1", "user:10")),
                Arguments.of("user:[^1]", Set.of("user:2", "user:*")),
                Arguments.of("user:\\*", Set.of("user:*")),
                Arguments.of("u\\[1\\]", Set.of("u[1]")),
                Arguments.of("x\\\\y", Set.of("x\\y")),
                Arguments.of("x\\?y", Set.of("x?y")),
                Arguments.of("x?y", Set.of("x?y", "x\\y")),
                Arguments.of("?", Set.of("a", "b", "😀")),
                Arguments.of("é?", Set.of("é1")),
                Arguments.of("*1*", Set.of("user:1", "user:10", "u[1]", "é1", "USER:1")),
                Arguments.of("a*", Set.of("a", "ab", "abc", "a b")),
                Arguments.of("a?c", Set.of("abc")),
                Arguments.of("abc", Set.of("abc")),
                Arguments.of("none*", Set.of()));
    }

    static List<String> namespaces() {
        return NAMESPACES;
    }

    @BeforeEach
    void keysCanBeEnumerated() {
        needs(Capability.KEY_SCAN);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void a_pattern_lists_the_keys_it_matches(String pattern, Set<String> matching) {
        KEYS.forEach(key -> texts.put(key, key));
        service.put(CacheKey.of("user:1").in("other"), "v");

        assertThat(keysOf(texts, pattern)).isEqualTo(matching);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void a_pattern_removes_the_keys_it_matches_and_counts_them(String pattern, Set<String> matching) {
        KEYS.forEach(key -> texts.put(key, key));
        service.put(CacheKey.of("user:1").in("other"), "v");

        assertThat(texts.deletePattern(pattern)).isEqualTo(matching.size());

        Set<String> left = new HashSet<>(KEYS);
        left.removeAll(matching);
        assertThat(texts.getMany(KEYS).found().keySet()).isEqualTo(left);
        assertThat(keysOf(texts, "*")).isEqualTo(left);
        assertThat(service.exists(CacheKey.of("user:1").in("other"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\", "[", "a[b", "a\\"})
    void a_pattern_that_is_none_is_refused_and_removes_nothing(String pattern) {
        texts.put("a", "v");

        assertThatThrownBy(() -> texts.deletePattern(pattern)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> texts.keys(pattern)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> service.deletePattern(pattern)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> service.keys(pattern)).isInstanceOf(CacheKeyException.class);

        assertThat(texts.exists("a")).isTrue();
    }

    @Test
    void a_pattern_of_the_service_is_matched_with_the_full_keys_of_all_caches() {
        List<CacheKey> keys = List.of(
                CacheKey.of("1").in("users"),
                CacheKey.of("2").in("users"),
                CacheKey.of("1").in("users2"),
                CacheKey.of("users:1"),
                CacheKey.of("1").in("orders"));
        keys.forEach(key -> service.put(key, "v"));

        assertThat(keysOf(service, "users:*")).containsExactlyInAnyOrder(keys.get(0), keys.get(1), keys.get(3));
        assertThat(service.deletePattern("users*:1")).isEqualTo(3);

        assertThat(keysOf(service, "*")).containsExactlyInAnyOrder(keys.get(1), keys.get(4));
        assertThat(service.deletePattern("*")).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("namespaces")
    void clear_empties_its_own_cache_and_no_other(String cleared) {
        fillNamespaces();

        assertThat(cache(cleared, String.class).clear()).isEqualTo(2);

        assertOnlyMissing(cleared);
    }

    @ParameterizedTest
    @MethodSource("namespaces")
    void deleting_a_namespace_empties_it_and_no_other(String deleted) {
        fillNamespaces();

        assertThat(service.deleteNamespace(deleted)).isEqualTo(2);

        assertOnlyMissing(deleted);
        assertThat(service.deleteNamespace(deleted)).isZero();
    }

    private static Set<CacheKey> keysIn(String namespace) {
        return Set.of(CacheKey.of("1").in(namespace), CacheKey.of(":admins:1").in(namespace));
    }

    private void fillNamespaces() {
        NAMESPACES.forEach(namespace -> keysIn(namespace).forEach(key -> service.put(key, "v")));
        service.put(CacheKey.of("users"), "bare");
        service.put(CacheKey.of("users:1"), "bare");
    }

    private void assertOnlyMissing(String namespace) {
        Set<CacheKey> left = new HashSet<>(Set.of(CacheKey.of("users"), CacheKey.of("users:1")));
        NAMESPACES.stream().filter(n -> !n.equals(namespace)).forEach(n -> left.addAll(keysIn(n)));
        assertThat(keysOf(service, "*")).isEqualTo(left);
        left.forEach(key -> assertThat(service.exists(key)).as("%s", key).isTrue());
        keysIn(namespace)
                .forEach(key -> assertThat(service.exists(key)).as("%s", key).isFalse());
    }

    @Test
    void clearing_the_keys_without_namespace_leaves_the_caches() {
        fillNamespaces();

        assertThat(service.deleteNamespace("_")).isEqualTo(2);

        assertThat(service.exists(CacheKey.of("users:1"))).isFalse();
        assertThat(keysOf(service, "*")).hasSize(2 * NAMESPACES.size());
    }

    @Test
    void clearing_the_service_leaves_nothing_here_and_everything_elsewhere() {
        List<Cache<String>> elsewhere = Stream.of("elsewhere", HERE + "2", HERE + ":texts", HERE + "%", HERE + "*", "h")
                .map(partition -> node(partition).cache("texts", String.class))
                .toList();
        elsewhere.forEach(cache -> cache.put("k", "v"));
        fillNamespaces();

        assertThat(service.clear()).isEqualTo(2L * NAMESPACES.size() + 2);

        assertThat(keysOf(service, "*")).isEmpty();
        assertThat(service.clear()).isZero();
        assertThat(elsewhere).allSatisfy(cache -> assertThat(cache.get("k")).isEqualTo("v"));
    }

    @Test
    void clearing_the_service_or_one_of_its_backends_clears_that_and_counts_it() {
        CacheService both = service(builder -> builder.backend("primary", fixture.open("first"))
                .backend("secondary", fixture.open("second"))
                .defaultBackend("primary"));
        CacheKey key = CacheKey.of("k").in("texts");
        both.put(key, "v");
        both.on("secondary").put(key, "v");

        assertThat(both.on("secondary").clear()).isEqualTo(1);
        assertThat(both.exists(key)).isTrue();
        both.on("secondary").put(key, "v");

        assertThat(both.clear()).isEqualTo(2);
        assertThat(both.exists(key)).isFalse();
        assertThat(both.on("secondary").exists(key)).isFalse();
    }

    @Test
    void a_cache_that_was_cleared_takes_new_entries() {
        texts.put("k", "old");
        texts.clear();
        service.clear();

        texts.put("k", "new");

        assertThat(texts.get("k")).isEqualTo("new");
        assertThat(texts.clear()).isEqualTo(1);
    }

    @Test
    void thousands_of_entries_are_listed_and_removed() {
        List<String> keys = IntStream.range(0, 3_000).mapToObj(i -> "k" + i).toList();
        texts.putMany(keys.stream().collect(Collectors.toMap(key -> key, key -> key)));

        assertThat(keysOf(texts, "k*")).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(texts.deletePattern("k*7")).isEqualTo(300);
        assertThat(service.deletePattern("texts:k*3")).isEqualTo(300);
        assertThat(texts.clear()).isEqualTo(2_400);
    }

    @Test
    void entries_that_another_node_wrote_are_found_and_removed() {
        needs(Capability.SHARED);
        List<String> caches = new ArrayList<>(List.of("one", "two", "three"));
        caches.forEach(name -> node(HERE).cache(name, String.class).put("k", "v"));

        assertThat(keysOf(service, "*:k")).hasSize(3);
        assertThat(service.deleteNamespace("one")).isEqualTo(1);
        assertThat(service.deletePattern("two:*")).isEqualTo(1);
        assertThat(service.clear()).isEqualTo(1);
    }
}
