package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inBackend;
import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inStore;

import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What can be wrong with keys. */
final class KeyFaults {

    private KeyFaults() {}

    static List<Fault> all() {
        return List.of(
                inStore("keys are normalized", Twists.rekeyed(key -> Normalizer.normalize(key, Normalizer.Form.NFC)))
                        .breaks("Keys#keys_of_any_characters_are_different_entries"),
                inStore("keys do not differ in case", Twists.rekeyed(key -> key.toLowerCase(Locale.ROOT)))
                        .breaks("Keys#keys_of_any_characters_are_different_entries"),
                inStore("keys are trimmed", Twists.rekeyed(key -> key.isBlank() ? key : key.strip()))
                        .breaks("Keys#keys_of_any_characters_are_different_entries"),
                inStore("keys are listed as they are escaped", "keys", call -> keys(call)
                                .map(key -> key.replace("%", "%25")))
                        .breaks("Keys#keys_of_any_characters_are_listed_as_they_are"),
                inBackend("namespace and key are glued with a colon", KeyFaults::glued)
                        .breaks("Keys#the_border_between_namespace_and_key_is_part_of_the_name"),
                inStore(
                                "keys are cut at 400 characters",
                                Twists.rekeyed(key -> key.substring(0, Math.min(400, key.length()))))
                        .breaks("Keys#keys_of_all_lengths_around_the_limit_are_apart_and_are_listed_whole"),
                inStore("long keys are refused", "write", KeyFaults::refuseLong)
                        .breaks("Keys#a_key_of_any_length_is_kept_whole"),
                inStore(
                                "a shortened key matches no pattern",
                                "removeMatching",
                                call -> call.proceedWith(
                                        call.<Predicate<String>>arg(0).and(key -> key.length() < 500), call.arg(1)))
                        .breaks(
                                "Keys#over_long_keys_with_the_same_beginning_stay_apart_and_are_hit_by_patterns_and_namespaces"),
                inStore("keys are cut at the first dash", Twists.rekeyed(key -> key.replaceAll("-.*", "")))
                        .breaks("Keys#calls_with_different_arguments_have_different_keys"),
                inCache("an impossible key is just absent", "exists", call -> unlessRefused(call, false))
                        .breaks("Keys#an_impossible_key_is_refused_by_every_operation_and_stores_nothing"),
                inCache("an impossible tag is just unknown", "invalidateTags", call -> unlessRefused(call, 0L))
                        .breaks("Keys#an_impossible_name_is_no_key_no_namespace_and_no_tag"),
                inBackend("keys without a namespace are put among the texts", "open", KeyFaults::inTexts)
                        .breaks("Keys#keys_without_a_namespace_are_a_cache_of_their_own"));
    }

    @SuppressWarnings("unchecked")
    private static Stream<String> keys(Call call) throws Throwable {
        return (Stream<String>) call.proceed();
    }

    private static CacheBackend glued(CacheBackend backend) {
        return Twisted.of(CacheBackend.class, backend)
                .with("open", call -> {
                    StoreSpec spec = call.arg(0);
                    String prefix = spec.namespace().isEmpty() ? "" : spec.namespace() + ":";
                    EntryStore store = (EntryStore) call.proceedWith(inNamespace(spec, ""));
                    return Twists.rekeyed(prefix::concat)
                            .apply(Twisted.of(EntryStore.class, store))
                            .build();
                })
                .build();
    }

    private static Object inTexts(Call call) throws Throwable {
        StoreSpec spec = call.arg(0);
        return spec.namespace().isEmpty() ? call.proceedWith(inNamespace(spec, "texts")) : call.proceed();
    }

    private static StoreSpec inNamespace(StoreSpec spec, String namespace) {
        return new StoreSpec(
                namespace,
                spec.maxEntries(),
                spec.codec(),
                spec.codecs(),
                spec.schemaVersion(),
                spec.timed(),
                spec.listener());
    }

    private static Object refuseLong(Call call) throws Throwable {
        if (call.<String>arg(0).length() > 512) {
            throw new CacheCapacityException("The key is too long");
        }
        return call.proceed();
    }

    private static Object unlessRefused(Call call, Object answer) throws Throwable {
        try {
            return call.proceed();
        } catch (CacheKeyException e) {
            return answer;
        }
    }
}
