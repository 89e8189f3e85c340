package io.lexigram.cache.backend.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.channel.ChannelTimer;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.testing.HeapChannel;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TieredBackendTest {

    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final UnaryOperator<TieredBackend.Builder> AS_IT_IS = UnaryOperator.identity();

    private final ManualTime time = new ManualTime();
    private final HeapChannel channel = new HeapChannel();
    private final MemoryBackend entries = memory();
    private final List<Runnable> beats = new ArrayList<>();
    private final ChannelTimer timer = (interval, task) -> {
        beats.add(task);
        return new CompletableFuture<>();
    };
    private final SharedHeap shared = new SharedHeap(entries, channel);
    private final Cache<String> here = node(shared, AS_IT_IS);
    private final Cache<String> there = node(new SharedHeap(entries, channel), AS_IT_IS);

    private MemoryBackend memory() {
        return MemoryBackend.builder()
                .time(time.source())
                .executor(Runnable::run)
                .build();
    }

    private Cache<String> node(SharedHeap store, UnaryOperator<TieredBackend.Builder> settings) {
        return node(store, settings, UnaryOperator.identity());
    }

    private Cache<String> node(
            SharedHeap store,
            UnaryOperator<TieredBackend.Builder> settings,
            UnaryOperator<CacheSpec.Builder<String>> policy) {
        return service(store, settings)
                .cache(policy.apply(CacheSpec.of("words", String.class).ttl(TTL).jitter(0))
                        .build());
    }

    private CacheService service(SharedHeap store, UnaryOperator<TieredBackend.Builder> settings) {
        return LexigramCache.builder()
                .codec(new JsonCodec())
                .time(time.source())
                .backend(
                        "both",
                        settings.apply(TieredBackend.builder(memory(), store)
                                        .time(time.source())
                                        .timer(timer))
                                .build())
                .build();
    }

    private void pass(Duration duration) {
        for (Duration left = duration; !left.isZero() && !left.isNegative(); left = left.minus(TICK)) {
            time.advance(left.compareTo(TICK) < 0 ? left : TICK);
            beats.forEach(Runnable::run);
        }
    }

    private List<String> readsOf(Runnable work) {
        shared.reads.clear();
        work.run();
        return List.copyOf(shared.reads);
    }

    @Test
    void a_copy_answers_until_half_of_the_remaining_life_is_over() {
        here.put("a", "one");
        assertThat(readsOf(() -> here.get("a"))).isEmpty();

        pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(readsOf(() -> here.get("a"))).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(readsOf(() -> here.get("a"))).containsExactly("a");
        pass(Duration.ofMinutes(2).plusSeconds(29));
        assertThat(readsOf(() -> here.get("a"))).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(readsOf(() -> here.get("a"))).containsExactly("a");
        pass(Duration.ofMinutes(3));
        assertThat(here.get("a")).isNull();
    }

    @Test
    void an_absent_value_is_copied_as_one_and_a_stale_one_is_not_a_hit() {
        Cache<String> cache = node(shared, AS_IT_IS, policy -> policy.failSafe(FailSafe.DEFAULT));
        cache.put("nothing", null);
        assertThat(readsOf(() -> assertThat(cache.lookup("nothing")).isEqualTo(new Lookup.Hit<>(null))))
                .isEmpty();

        pass(TTL);
        assertThat(cache.lookup("nothing")).isEqualTo(new Lookup.Stale<>(null));
    }

    @Test
    void a_batch_asks_the_shared_tier_only_for_what_is_missing_here() {
        there.putMany(Map.of("a", "one", "b", "two", "c", "three"));
        here.get("b");

        assertThat(readsOf(() -> assertThat(
                                here.getMany(List.of("a", "b", "c", "d")).found())
                        .isEqualTo(Map.of("a", "one", "b", "two", "c", "three"))))
                .containsExactly("a", "c", "d");
        assertThat(readsOf(() -> here.getMany(List.of("a", "b", "c")))).isEmpty();
    }

    @Test
    void a_change_on_one_node_is_seen_on_the_others() {
        here.put("a", "one", CallOptions.NONE.tags("red"));
        assertThat(there.get("a")).isEqualTo("one");

        here.put("a", "two", CallOptions.NONE.tags("red"));
        assertThat(there.get("a")).isEqualTo("two");
        here.invalidateTags("red");
        assertThat(there.get("a")).isNull();
        here.put("b", "one");
        assertThat(there.get("b")).isEqualTo("one");
        here.deletePattern("b*");
        assertThat(there.get("b")).isNull();
        here.put("b", "two");
        assertThat(there.get("b")).isEqualTo("two");
        here.clear();
        assertThat(there.get("b")).isNull();
    }

    @Test
    void a_fill_is_told_to_nobody_where_the_entry_was_absent_for_all() {
        assertThat(here.get("a", () -> "loaded")).isEqualTo("loaded");

        assertThat(readsOf(() -> here.get("a"))).isEmpty();
    }

    @Test
    void a_call_may_ask_the_shared_tier_although_there_is_a_copy() {
        here.put("a", "one");
        CallOptions shared = CallOptions.NONE.skipCopies();

        assertThat(readsOf(() -> here.get("a", () -> "loaded", shared))).containsExactly("a");
        assertThat(readsOf(() -> here.get("a", () -> "loaded", shared.skipWrite())))
                .containsExactly("a");
        assertThat(readsOf(() -> here.async()
                        .get("a", context -> CompletableFuture.completedStage("loaded"), shared)
                        .toCompletableFuture()
                        .join()))
                .containsExactly("a");
        assertThat(readsOf(() -> here.getAll(List.of("a"), keys -> Map.of(), shared)))
                .containsExactly("a");
        assertThat(readsOf(() -> here.get("a", () -> "loaded"))).isEmpty();
    }

    @Test
    void a_node_that_hears_nothing_asks_the_shared_tier_again() {
        beats.clear();
        SharedHeap own = new SharedHeap(entries, new HeapChannel());
        Cache<String> alone = node(own, AS_IT_IS);
        alone.put("a", "one");

        time.advance(Duration.ofMillis(1_999));
        alone.get("a");
        assertThat(own.reads).isEmpty();
        time.advance(Duration.ofMillis(1));
        alone.get("a");
        assertThat(own.reads).containsExactly("a");
        beats.forEach(Runnable::run);
        alone.get("a");
        assertThat(own.reads).containsExactly("a");
    }

    @Test
    void what_may_have_been_missed_makes_every_copy_old() {
        here.put("a", "one");
        channel.resubscribe();

        assertThat(readsOf(() -> here.get("a"))).containsExactly("a");
        assertThat(readsOf(() -> here.get("a"))).isEmpty();
    }

    @Test
    void without_the_shared_tier_copies_are_served_as_stale_for_a_while() {
        here.put("a", "one");
        shared.isDown = true;
        assertThat(here.lookup("a")).isEqualTo(new Lookup.Hit<>("one"));

        time.advance(Duration.ofSeconds(3));
        assertThat(here.lookup("a")).isEqualTo(new Lookup.Stale<>("one"));
        assertThat(here.get("a", () -> "loaded")).isEqualTo("one");
        assertThat(here.stats().staleServed()).isEqualTo(2);
        time.advance(Duration.ofSeconds(30));
        assertThat(here.lookup("a")).isInstanceOf(Lookup.Failed.class);
        assertThat(here.get("a", () -> "loaded")).isEqualTo("loaded");
    }

    @Test
    void that_the_others_fall_silent_with_the_server_does_not_make_copies_old() {
        here.put("a", "one");
        shared.isDown = true;
        channel.cut();

        pass(Duration.ofSeconds(4));
        assertThat(here.lookup("a")).isEqualTo(new Lookup.Stale<>("one"));
        channel.mend();
        pass(Duration.ofSeconds(4));
        assertThat(here.lookup("a")).isInstanceOf(Lookup.Failed.class);
    }

    @Test
    void that_another_node_falls_silent_while_the_server_answers_makes_copies_old() {
        here.put("a", "one");
        beats.remove(1);
        pass(Duration.ofSeconds(4));
        shared.isDown = true;
        channel.cut();

        pass(Duration.ofSeconds(4));
        assertThat(here.lookup("a")).isInstanceOf(Lookup.Failed.class);
    }

    @Test
    void copies_that_may_be_outdated_can_be_left_aside() {
        Cache<String> cache = node(shared, tiers -> tiers.onDisconnect(OnDisconnect.BYPASS));
        cache.put("a", "one");
        shared.isDown = true;

        time.advance(Duration.ofSeconds(3));
        assertThat(cache.get("a", () -> "loaded")).isEqualTo("loaded");
    }

    @Test
    void what_this_node_invalidated_is_not_served_although_the_shared_tier_does_not_know_of_it() {
        here.put("a", "one");
        here.put("b", "two", CallOptions.NONE.tags("red"));
        shared.isDown = true;
        here.delete("a");
        here.invalidateTags("red");

        assertThat(here.get("a", () -> "loaded a")).isEqualTo("loaded a");
        assertThat(here.get("b", () -> "loaded b")).isEqualTo("loaded b");
    }

    @Test
    void a_copy_that_was_flushed_stands_in_only_where_the_shared_tier_and_the_load_fail() {
        Cache<String> cache = node(shared, AS_IT_IS, policy -> policy.failSafe(FailSafe.DEFAULT));
        cache.put("a", "one");
        channel.resubscribe();
        shared.isDown = true;

        assertThat(cache.get("a", () -> "loaded")).isEqualTo("loaded");
        assertThat(cache.get("a", TieredBackendTest::failing)).isEqualTo("one");
        assertThat(cache.stats().staleServed()).isEqualTo(1);
        cache.delete("a");
        assertThatThrownBy(() -> cache.get("a", TieredBackendTest::failing)).hasMessage("no database");
    }

    @Test
    void what_the_shared_tier_has_no_more_does_not_stand_in() {
        Cache<String> cache = node(shared, AS_IT_IS, policy -> policy.failSafe(FailSafe.DEFAULT));
        cache.put("a", "one");
        channel.resubscribe();
        entries.removeMany(List.of(CacheKey.of("a").in("words")));
        assertThat(cache.get("a")).isNull();
        shared.isDown = true;

        assertThatThrownBy(() -> cache.get("a", TieredBackendTest::failing)).hasMessage("no database");
    }

    private static String failing() {
        throw new IllegalStateException("no database");
    }

    @Test
    void without_a_channel_copies_live_for_some_seconds() {
        SharedHeap mute = new SharedHeap(entries, null);
        Cache<String> cache = node(mute, AS_IT_IS);
        cache.put("a", "one");

        time.advance(Duration.ofMillis(4_999));
        cache.get("a");
        assertThat(mute.reads).isEmpty();
        time.advance(Duration.ofMillis(1));
        cache.get("a");
        assertThat(mute.reads).containsExactly("a");
    }

    @Test
    void counters_are_not_copied() {
        here.increment("n", 1);
        assertThat(there.increment("n", 1)).isEqualTo(2);

        assertThat(service(shared, AS_IT_IS).cache("words", Long.class).get("n"))
                .isEqualTo(2);
        assertThat(there.increment("n", 1)).isEqualTo(3);
        assertThat(service(shared, AS_IT_IS).cache("words", Long.class).get("n"))
                .isEqualTo(3);
    }

    @Test
    void it_says_goodbye_before_the_shared_backend_is_closed() {
        CacheService service = service(shared, AS_IT_IS);
        service.cache("words", String.class).put("a", "one");
        service.close();

        assertThat(shared.isClosed).isTrue();
        SharedHeap others = new SharedHeap(entries, channel);
        service(others, tiers -> tiers.ownsShared(false)).close();
        assertThat(others.isClosed).isFalse();
    }
}
