package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inService;
import static io.lexigram.cache.contract.Fault.inSettings;

import io.lexigram.cache.AdaptiveLoader;
import io.lexigram.cache.AsyncCache;
import io.lexigram.cache.AsyncLoader;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheLoader;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.LoadContext;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.Result;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.service.Protection;
import io.lexigram.cache.spi.ProtectionStrategy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be wrong with loads: who runs them, what becomes of their values, and what they miss meanwhile. */
final class LoadFaults {

    private LoadFaults() {}

    static List<Fault> all() {
        return List.of(
                inCache("loads are naive", NaiveLoads::around)
                        .breaks(
                                "Fences#a_load_that_was_overtaken_answers_its_caller_and_is_not_stored",
                                "Fences#an_unprotected_load_that_was_overtaken_is_not_stored",
                                "Fences#an_asynchronous_load_that_was_overtaken_answers_its_caller_and_is_not_stored",
                                "Fences#a_batch_load_that_was_overtaken_answers_its_caller_and_is_not_stored",
                                "Fences#a_reservation_is_lost_when_it_was_overtaken",
                                "Fences#a_reservation_that_nobody_waited_for_is_lost_when_it_was_overtaken",
                                "Fences#a_tag_that_the_loader_names_after_it_was_invalidated_is_not_stored",
                                "Fences#callers_who_come_after_an_invalidation_load_anew_and_their_value_stays",
                                "Fences#callers_who_come_after_a_tag_was_invalidated_load_anew",
                                "Fills#an_invalidation_while_a_load_is_being_stored_removes_it",
                                "Fills#a_put_if_absent_that_won_is_not_undone_by_a_load_that_is_being_stored",
                                "Fills#a_load_that_began_while_a_counter_was_made_does_not_overwrite_it"),
                inService("any invalidation overtakes every load", LoadFaults::jumpy)
                        .breaks(
                                "Fences#a_load_that_nothing_overtook_is_stored_whatever_else_is_invalidated",
                                "Fences#a_reservation_outlives_what_does_not_concern_it"),
                inCache("a reservation forgets the options", "reserve", LoadFaults::withoutOptions)
                        .breaks("Fences#a_reservation_stores_once_with_its_options"),
                inSettings("every caller loads", s -> s.protection(Protection.DEFAULT.enabled(false)))
                        .breaks(
                                "SingleFlights#callers_of_one_missing_key_share_one_load",
                                "SingleFlights#blocking_and_asynchronous_callers_share_one_load",
                                "SingleFlights#what_a_loader_throws_reaches_all_who_wait_unchanged"),
                inSettings(
                                "one load at a time",
                                s -> s.protection(Protection.DEFAULT
                                        .maxWait(Duration.ofSeconds(1))
                                        .strategy(new OneAtATime())))
                        .breaks("SingleFlights#a_load_of_one_key_holds_up_no_other"),
                inService("every load is protected", "cache", call -> protecting(asCache(call.proceed())))
                        .breaks("SingleFlights#an_unprotected_load_waits_for_nobody"),
                inCache("loaded values are not stored", cache -> loading(cache, context -> context.doNotStore()))
                        .breaks("Loads#a_missing_value_is_loaded_once_and_then_read"),
                inCache("what a loader throws is wrapped", "get", call -> {
                            try {
                                return call.proceed();
                            } catch (Throwable failure) {
                                throw new IllegalStateException(failure);
                            }
                        })
                        .breaks("Loads#what_a_loader_throws_reaches_its_caller_unchanged_and_is_not_stored"),
                inCache(
                                "the failure of an asynchronous load is null",
                                "async",
                                Fault.view(AsyncCache.class, "get", call -> ((CompletionStage<?>) call.proceed())
                                        .exceptionally(failure -> null)))
                        .breaks("Loads#the_failure_of_an_asynchronous_load_reaches_its_caller_and_is_not_stored"),
                inCache(
                                "a failure result is stored",
                                "put",
                                call -> call.has(1, Result.Failure.class)
                                        ? call.proceedWith(call.arg(0), "failed")
                                        : call.proceed())
                        .breaks("Loads#a_failure_result_is_never_stored"),
                inCache("what a loader decides is ignored", cache -> Fault.twisted(cache)
                                .with("get", LoadFaults::ignoringDecisions)
                                .with("async", Fault.view(AsyncCache.class, "get", LoadFaults::ignoringDecisions))
                                .build())
                        .breaks(
                                "Loads#a_loader_decides_lifetime_and_tags_and_knows_the_key",
                                "Loads#a_loader_that_says_so_has_its_value_not_stored",
                                "Loads#an_asynchronous_loader_decides_as_well"),
                inCache("a memoized function is the function", "memoize", call -> call.arg(0))
                        .breaks("Loads#a_memoized_function_is_called_once_per_argument"),
                inService("the service loads without the tags of the key", "get", call -> {
                            CacheKey key = call.arg(0);
                            Object[] args = call.args().toArray();
                            args[0] = key.namespace() == null
                                    ? key
                                    : CacheKey.of(key.key()).in(key.namespace());
                            return call.proceedWith(args);
                        })
                        .breaks("Loads#the_service_loads_with_the_tags_of_the_key"),
                inService("a closed service loads nothing", LoadFaults::closed)
                        .breaks("Loads#after_the_service_is_closed_a_load_still_answers"));
    }

    @SuppressWarnings("unchecked")
    private static Cache<Object> asCache(Object cache) {
        return (Cache<Object>) cache;
    }

    /** Stores what was loaded only when nothing else happened meanwhile. */
    private static Twisted<CacheService> jumpy(Twisted<CacheService> service) {
        return service.with("cache", call -> {
            CacheService target = (CacheService) call.target();
            Cache<Object> cache = asCache(call.proceed());
            return Fault.twisted(cache)
                    .with("get", load -> {
                        long before = target.metrics().operations();
                        Object value = NaiveLoads.get(load);
                        if (load.args().size() > 1 && target.metrics().operations() > before + 2) {
                            cache.delete(load.arg(0));
                        }
                        return value;
                    })
                    .with("reserve", reserve -> {
                        long before = target.metrics().operations();
                        return Twisted.of(Reservation.class, (Reservation<?>) reserve.proceed())
                                .with("put", put -> target.metrics().operations() > before ? false : put.proceed())
                                .build();
                    })
                    .build();
        });
    }

    private static Object withoutOptions(Call call) throws Throwable {
        return Twisted.of(Reservation.class, (Reservation<?>) call.proceed())
                .with("put", put -> put.proceedWith(put.arg(0), CallOptions.NONE))
                .build();
    }

    /** Refuses instead of waiting, so that nobody has to wait to see it. */
    private static final class OneAtATime implements ProtectionStrategy {

        private final AtomicBoolean busy = new AtomicBoolean();

        @Override
        public <V, X extends Throwable> @Nullable V load(CacheKey key, CacheLoader<V, X> load) throws X {
            if (!busy.compareAndSet(false, true)) {
                throw new IllegalStateException("busy");
            }
            try {
                return load.load();
            } finally {
                busy.set(false);
            }
        }
    }

    /** Drops the wish to be unprotected, and refuses to load a key inside a load of it instead of waiting for ever. */
    private static Cache<Object> protecting(Cache<Object> cache) {
        AtomicReference<Object> loading = new AtomicReference<>();
        return Fault.twisted(cache)
                .with("get", call -> {
                    if (!loading.compareAndSet(null, call.arg(0))) {
                        throw new IllegalStateException("somebody loads already");
                    }
                    try {
                        return call.proceed();
                    } finally {
                        loading.set(null);
                    }
                })
                .build();
    }

    private static Cache<Object> loading(Cache<Object> cache, Consumer<LoadContext> decision) {
        return Fault.twisted(cache)
                .with("get", call -> {
                    if (!call.has(1, CacheLoader.class)) {
                        return call.proceed();
                    }
                    CacheLoader<Object, Throwable> loader = call.arg(1);
                    AdaptiveLoader<Object, Throwable> deciding = context -> {
                        decision.accept(context);
                        return loader.load();
                    };
                    return cache.get(call.arg(0), deciding);
                })
                .build();
    }

    private static @Nullable Object ignoringDecisions(Call call) throws Throwable {
        Object[] args = call.args().toArray();
        NaiveLoads.Decisions ignored = new NaiveLoads.Decisions("ignored", "ignored", CallOptions.NONE);
        if (call.has(1, AdaptiveLoader.class)) {
            AdaptiveLoader<Object, Throwable> loader = call.arg(1);
            args[1] = (AdaptiveLoader<Object, Throwable>) context -> loader.load(ignored);
        } else if (call.has(1, AsyncLoader.class)) {
            AsyncLoader<Object> loader = call.arg(1);
            args[1] = (AsyncLoader<Object>) context -> loader.load(ignored);
        }
        return call.proceedWith(args);
    }

    private static Twisted<CacheService> closed(Twisted<CacheService> service) {
        AtomicBoolean closed = new AtomicBoolean();
        return service.with("close", call -> {
                    closed.set(true);
                    return call.proceed();
                })
                .with("cache", call -> Fault.twisted(asCache(call.proceed()))
                        .with("get", get -> {
                            if (closed.get()) {
                                throw new IllegalStateException("closed");
                            }
                            return get.proceed();
                        })
                        .build());
    }
}
