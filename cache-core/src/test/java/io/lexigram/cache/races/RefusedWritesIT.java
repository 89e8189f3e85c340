package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.sync.RedisCommands;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheInvalidationException;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Result;
import io.lexigram.cache.testing.RedisServer;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that could not save its data, and takes no writes until it can. Consistency 5.18. */
class RefusedWritesIT extends Races {

    private final RedisServer server = RedisServer.start("--dir", "/proc");
    private final RedisClient client = RedisClient.create(server.getUri());
    private final RedisCommands<String, String> admin = client.connect().sync();

    @Override
    String server() {
        return server.getUri();
    }

    @Override
    void close() throws Exception {
        super.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
        server.close();
    }

    @BeforeEach
    void failToSave() {
        here.cache().put(KEY, "stored", CallOptions.NONE.tags(TAG));
        assertThat(there.stored(KEY)).isEqualTo("stored");
        admin.configSet("save", "3600 1");
        admin.configSet("stop-writes-on-bgsave-error", "yes");
        admin.bgsave();
        await().untilAsserted(() -> assertThatThrownBy(() -> admin.set("any", "value"))
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageContaining("MISCONF"));
    }

    @Test
    void what_is_stored_is_found_and_loaded_by_nobody() {
        Node connectingNow = node();

        for (Node node : List.of(here, there, connectingNow)) {
            assertThat(node.stored(KEY)).isEqualTo("stored");
            assertThat(node.get(KEY, () -> "loaded")).isEqualTo("stored");
            assertThat(node.cache().getAll(List.of(KEY), missing -> {
                        throw new AssertionError("The loader was asked for " + missing);
                    }))
                    .containsEntry(KEY, "stored");
            assertThat(node.cache().stats().hits()).isEqualTo(node == there ? 4 : 3);
        }
    }

    @Test
    void what_is_missing_is_loaded_once_by_each_process_and_failures_stay_inside() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        for (Node node : List.of(here, there)) {
            Cache<String> cache = failingOpen(node);
            Gate loading = gate("loader");
            Future<String> leader = begin(() -> cache.get("absent", () -> {
                loads.incrementAndGet();
                return loading.pass("loaded");
            }));
            loading.awaitArrival();
            Future<String> waiter = begin(() -> cache.get("absent", () -> "loaded again " + loads.incrementAndGet()));
            await().until(() -> waiter.isDone() || cache.stats().coalesced() == 1);
            loading.open();

            assertThat(outcome(leader)).isEqualTo("loaded");
            assertThat(outcome(waiter)).isEqualTo("loaded");
        }
        assertThat(loads).hasValue(2);
        assertThat(failingOpen(elsewhere).get("absent")).isNull();
    }

    @Test
    void the_removal_of_a_key_is_pending_until_writes_are_taken_again() {
        assertPending(cache -> cache.results().delete(KEY));
    }

    @Test
    void the_invalidation_of_a_tag_is_pending_until_writes_are_taken_again() {
        assertPending(cache -> cache.results().invalidateTags(TAG));
    }

    @Test
    void the_invalidation_of_a_cache_is_pending_until_writes_are_taken_again() {
        assertPending(cache -> cache.results().clear());
    }

    private void assertPending(Function<Cache<String>, Result<?>> invalidation) {
        Cache<String> cache = failingOpen(here);

        assertThat(invalidation.apply(cache)).isInstanceOfSatisfying(Result.Failure.class, failure -> assertThat(
                        failure.cause())
                .isInstanceOfSatisfying(CacheInvalidationException.class, pending -> assertThat(pending.isPending())
                        .isTrue()));

        assertThat(cache.get(KEY)).isNull();
        assertThat(cache.<RuntimeException>get(KEY, () -> "loaded")).isEqualTo("loaded");
        assertThat(here.service().metrics().pendingInvalidations()).isEqualTo(1);
        assertThat(there.stored(KEY)).as("where nobody knows of it yet").isEqualTo("stored");
        admin.configSet("stop-writes-on-bgsave-error", "no");
        await().until(() -> here.service().metrics().pendingInvalidations() == 0);
        for (Node node : List.of(here, there)) {
            assertThat(node.cache().lookup(KEY)).isInstanceOf(Lookup.Miss.class);
        }
        assertThat(there.get(KEY, () -> "new", TAG)).isEqualTo("new");
        assertThat(here.stored(KEY)).isEqualTo("new");
    }

    private static Cache<String> failingOpen(Node node) {
        return node.service()
                .cache(CacheSpec.of(Node.CACHE, String.class)
                        .eternal()
                        .failOpen(true)
                        .build());
    }
}
