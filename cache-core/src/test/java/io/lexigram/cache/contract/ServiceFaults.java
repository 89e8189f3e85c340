package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inBackend;
import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inService;
import static io.lexigram.cache.contract.Fault.inStore;
import static io.lexigram.cache.contract.Fault.view;

import io.lexigram.cache.AsyncCache;
import io.lexigram.cache.AsyncCacheService;
import io.lexigram.cache.AsyncVersionedCache;
import io.lexigram.cache.AsyncVersionedCacheService;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Result;
import io.lexigram.cache.ResultCache;
import io.lexigram.cache.ResultCacheService;
import io.lexigram.cache.ResultVersionedCache;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.VersionedCacheService;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.contract.Twisted.Twist;
import io.lexigram.cache.spi.EntryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be wrong with the façade, its views, its counters, and what it does while a backend is away. */
final class ServiceFaults {

    private static final CacheHealth UP = new CacheHealth(CacheHealth.Status.UP, null, Duration.ZERO, Map.of());

    private static final EntryStore.Contents NOTHING = new EntryStore.Contents(0L, 0L, null, null);

    private ServiceFaults() {}

    static List<Fault> all() {
        return List.of(
                inService("the service puts without options", "put", call -> {
                            ((CacheService) call.target())
                                    .put(call.arg(0), call.args().get(1));
                            return null;
                        })
                        .breaks("Services#every_operation_of_a_key_is_that_of_its_cache"),
                inService(
                                "to look for a cache is to open it",
                                "find",
                                call -> Optional.of(
                                        ((CacheService) call.target()).cache(call.<String>arg(0), Object.class)))
                        .breaks("Services#a_cache_is_found_by_name_once_it_was_used"),
                inService("no cache is known by name", "cacheNames", call -> Set.of())
                        .breaks("Services#caches_and_backends_are_known_by_name"),
                inBackend("a backend does not answer a ping", "ping", call -> {
                            throw new CacheConnectionException("no answer");
                        })
                        .breaks("Services#a_backend_that_answers_is_healthy"),
                inCache("a batch is counted twice", "getMany", call -> {
                            call.proceed();
                            return call.proceed();
                        })
                        .breaks("Services#hits_misses_and_puts_are_counted_per_cache_and_together"),
                inCache("to look for an entry is to read it", "exists", call -> {
                            ((Cache<?>) call.target()).get(call.arg(0));
                            return call.proceed();
                        })
                        .breaks("Services#looking_at_an_entry_is_neither_hit_nor_miss"),
                bare("what cannot be listed is none", "keys", call -> Stream.empty())
                        .breaks("Refusals#keys_that_cannot_be_listed_are_neither_listed_nor_swept"),
                bare("what cannot be found by tag is none", "removeTagged", call -> 0L)
                        .breaks("Refusals#entries_that_cannot_be_found_by_tag_are_not_invalidated_by_tag"),
                bare("what cannot be counted is one", "increment", call -> 1L)
                        .breaks("Refusals#where_there_are_no_counters_nothing_is_counted"),
                bare("what is not known to be there is not there", "contents", call -> NOTHING)
                        .breaks("Refusals#a_number_of_entries_that_is_not_known_is_null_and_not_zero"),
                inStore("nobody knows how many entries there are", "contents", call -> EntryStore.Contents.UNKNOWN)
                        .breaks("Services#entries_are_counted_where_the_backend_can"),
                inService("metrics are never reset", "resetMetrics", call -> null)
                        .breaks("Services#metrics_tell_what_was_done_and_start_again"),
                inService("one cache resets the counters of all", "cache", call -> Fault.twisted(cacheOf(call))
                                .with("resetStats", reset -> {
                                    ((CacheService) call.target()).resetMetrics();
                                    return null;
                                })
                                .build())
                        .breaks("Services#the_counters_of_one_cache_start_again_alone"),
                inCache(
                                "the result of put-if-absent is always true",
                                "results",
                                view(ResultCache.class, "putIfAbsent", call -> Result.success(true)))
                        .breaks("Views#results_of_a_cache_are_its_answers"),
                inCache(
                                "an asynchronous put is put off",
                                "async",
                                view(AsyncCache.class, "put", call -> CompletableFuture.completedFuture(null)))
                        .breaks("Views#stages_of_a_cache_come_to_its_answers"),
                inService(
                                "the service never deletes as a result",
                                "results",
                                view(ResultCacheService.class, "delete", call -> Result.success(true)))
                        .breaks("Views#results_of_the_service_are_its_answers"),
                inService(
                                "an asynchronous clear clears nothing",
                                "async",
                                view(AsyncCacheService.class, "clear", call -> CompletableFuture.completedFuture(0L)))
                        .breaks("Views#stages_of_the_service_come_to_its_answers"),
                inCache(
                                "no result by version is a success",
                                "versioned",
                                view(
                                        VersionedCache.class,
                                        "results",
                                        view(ResultVersionedCache.class, "delete", call -> Result.success(false))))
                        .breaks("Views#results_by_version_are_the_answers_by_version"),
                inCache(
                                "no stage by version finds a version",
                                "versioned",
                                view(
                                        VersionedCache.class,
                                        "async",
                                        view(
                                                AsyncVersionedCache.class,
                                                "get",
                                                call -> CompletableFuture.completedFuture(null))))
                        .breaks("Views#stages_by_version_come_to_the_answers_by_version"),
                inService(
                                "an asynchronous version of the service is put off",
                                "versioned",
                                view(
                                        VersionedCacheService.class,
                                        "async",
                                        view(
                                                AsyncVersionedCacheService.class,
                                                "set",
                                                call -> CompletableFuture.completedFuture(true))))
                        .breaks("Views#views_of_the_service_by_version_come_to_its_answers"),
                inCache(
                                "a failed count is thrown",
                                "results",
                                view(
                                        ResultCache.class,
                                        "increment",
                                        call -> Result.success(((Result<?>) call.proceed()).orElseThrow())))
                        .breaks("Views#what_goes_wrong_is_a_failure_and_not_thrown"),
                inCache("an outage is a miss", "lookup", call -> {
                            Lookup<?> lookup = (Lookup<?>) call.proceed();
                            return lookup instanceof Lookup.Failed ? new Lookup.Miss<>() : lookup;
                        })
                        .breaks("Outages#reads_answer_as_if_there_were_nothing_and_tell_it_from_a_miss"),
                inCache("keys are read to the bitter end", "keys", call -> {
                            Cache<?> cache = (Cache<?>) call.target();
                            return List.copyOf(cache.results().keys(call.arg(0)).orElseThrow()).stream();
                        })
                        .breaks("Outages#reads_answer_as_if_there_were_nothing_and_tell_it_from_a_miss"),
                Fault.inSettings("nothing fails open", settings -> settings.failOpen(false))
                        .breaks(
                                "Outages#loads_answer_and_store_nothing_of_which_nobody_knows_whether_it_was_there",
                                "Outages#writes_are_dropped_and_invalidations_are_kept_until_the_backend_is_back"),
                inCache("a counter fails open", "increment", unlessFailed(0L))
                        .breaks("Outages#counters_never_invent_a_number"),
                inCache(
                                "results fail open",
                                "results",
                                view(
                                        ResultCache.class,
                                        "get",
                                        call -> Result.success(((Result<?>) call.proceed()).orElse(null))))
                        .breaks("Outages#results_show_every_fault"),
                inCache("everything fails open", "put", unlessFailed(null))
                        .breaks("Outages#a_cache_that_does_not_fail_open_throws"),
                inService("health is always good", service -> service.with("healthCheck", call -> UP))
                        .breaks(
                                "Outages#health_says_which_backend_is_down_and_when_it_is_up_again",
                                "Outages#one_backend_that_is_down_is_no_outage_of_the_other"));
    }

    /** In a store that can do little. */
    private static Fault bare(String name, String method, Twist twist) {
        return Fault.in(name, () -> FaultyFixture.sound(EncodedFixture.bare())
                .backends(backend -> ForwardingBackend.onStores(backend, store -> Twisted.of(EntryStore.class, store)
                        .with(method, twist)
                        .build())));
    }

    @SuppressWarnings("unchecked")
    private static Cache<Object> cacheOf(Call call) throws Throwable {
        return (Cache<Object>) call.proceed();
    }

    private static Twist unlessFailed(@Nullable Object answer) {
        return call -> {
            try {
                return call.proceed();
            } catch (CacheException e) {
                return answer;
            }
        };
    }
}
