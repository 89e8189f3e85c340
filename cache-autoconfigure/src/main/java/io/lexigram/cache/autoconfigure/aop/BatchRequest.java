package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one call, the keys of their entries, and what is known of their values. Two elements can have one key. Used
 * by one thread after the other.
 */
final class BatchRequest {

    private final Call call;
    private final BatchParameter parameter;
    private final CachedOperation operation;
    private final Map<@Nullable Object, @Nullable String> keys = new LinkedHashMap<>();
    private final Map<@Nullable Object, @Nullable Object> answers = new LinkedHashMap<>();
    private final Set<@Nullable Object> asked = new LinkedHashSet<>();

    private BatchRequest(Call call, BatchParameter parameter, CachedOperation operation) {
        this.call = call;
        this.parameter = parameter;
        this.operation = operation;
    }

    /** The request of a call; null where it asks for no collection at all. */
    static @Nullable BatchRequest of(MethodPlan plan, Call call, BatchParameter parameter) {
        if (!(call.argument(parameter.index()) instanceof Collection<?> elements)) {
            return null;
        }
        BatchRequest request = new BatchRequest(call, parameter, plan.cached()[0]);
        elements.forEach(request::add);
        return request;
    }

    private void add(@Nullable Object element) {
        if (!keys.containsKey(element)) {
            keys.put(element, checked(operation.keyFor(call.forOne(parameter, element))));
        }
    }

    /** The engine refuses a batch for one wrong key; here it is only the element that goes uncached. */
    private @Nullable String checked(@Nullable String key) {
        try {
            return key == null ? null : CacheKey.of(key).key();
        } catch (CacheKeyException e) {
            operation.log().fault(CachedOperation.UNCACHED, e);
            return null;
        }
    }

    CachedOperation operation() {
        return operation;
    }

    /** The keys of the entries, in the order of the request. */
    Set<String> keys() {
        Set<String> all = new LinkedHashSet<>();
        for (String key : keys.values()) {
            if (key != null) {
                all.add(key);
            }
        }
        return all;
    }

    /** From now on the elements of these keys are not looked for in the cache. */
    void bypass(Set<String> changed) {
        keys.replaceAll((element, key) -> key != null && changed.contains(key) ? null : key);
    }

    /** Notes values by their keys, for the elements that have none yet. */
    void found(Map<String, ? extends @Nullable Object> values) {
        keys.forEach((element, key) -> {
            if (key != null && values.containsKey(key) && !answers.containsKey(element)) {
                answers.put(element, values.get(key));
            }
        });
    }

    /** Whether the method has yet to be asked for anything. */
    boolean isIncomplete() {
        return !unknown().isEmpty();
    }

    /** The elements that are neither known nor asked for. */
    private Set<@Nullable Object> unknown() {
        Set<@Nullable Object> unknown = new LinkedHashSet<>(keys.keySet());
        unknown.removeAll(answers.keySet());
        unknown.removeAll(asked);
        return unknown;
    }

    /** The arguments of a call of the method for what is unknown, and which is asked for with it. */
    @Nullable
    Object[] argumentsForUnknown() {
        Set<@Nullable Object> unknown = unknown();
        asked.addAll(unknown);
        @Nullable Object[] arguments = call.getArgs().clone();
        arguments[parameter.index()] = parameter.collectionOf(unknown);
        return arguments;
    }

    /** As {@link #argumentsForUnknown()} where the elements of these keys are all that the cache does not have. */
    @Nullable
    Object[] argumentsFor(Set<String> missing) {
        Set<@Nullable Object> elements = new LinkedHashSet<>();
        keys.forEach((element, key) -> {
            if (key == null || missing.contains(key)) {
                elements.add(element);
            }
        });
        asked.addAll(elements);
        @Nullable Object[] arguments = call.getArgs().clone();
        arguments[parameter.index()] = parameter.collectionOf(elements);
        return arguments;
    }

    /** Notes what the method has answered; what it was not asked for does not count. */
    void returned(@Nullable Object map) {
        if (map instanceof Map<?, ?> values) {
            values.forEach((element, value) -> {
                if (asked.contains(element)) {
                    answers.put(element, value);
                }
            });
        }
    }

    /** The calls for one element each, with its value, of the elements the method has answered, by key. */
    Map<String, Call> loaded() {
        Map<String, Call> loaded = new LinkedHashMap<>();
        for (Object element : asked) {
            String key = keys.get(element);
            if (key != null && answers.containsKey(element)) {
                loaded.putIfAbsent(key, call.forOne(parameter, element).returned(answers.get(element)));
            }
        }
        return loaded;
    }

    /** What is known, in the order of the request. */
    Map<@Nullable Object, @Nullable Object> answer() {
        Map<@Nullable Object, @Nullable Object> ordered = new LinkedHashMap<>();
        for (Object element : keys.keySet()) {
            if (answers.containsKey(element)) {
                ordered.put(element, answers.get(element));
            }
        }
        return ordered;
    }
}
