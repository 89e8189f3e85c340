package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheCapacityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Single items, and changes of items that nobody else changes meanwhile. */
final class Items {

    /** What the server keeps beside key and value, at most. */
    private static final int OVERHEAD = 64;

    /** How often a change begins anew because somebody else was faster. */
    private static final int MOST_ATTEMPTS = 1_000;

    private static final int AT_ONCE = 200;

    private final Client client;

    Items(Client client) {
        this.client = client;
    }

    /** The key as Memcached has it: that of a version is shortened. */
    static String text(byte[] key) {
        return VersionKeys.shortened(asItIs(key));
    }

    static String asItIs(byte[] key) {
        return new String(key, UTF_8);
    }

    CompletableFuture<@Nullable Item> get(String key) {
        return client.send(new Request.Get(key));
    }

    CompletableFuture<Boolean> set(String key, byte[] value, Expiry expiry) {
        return store(new Request.Store(key, Request.Mode.SET, 0, value, expiry));
    }

    CompletableFuture<Boolean> add(String key, byte[] value, Expiry expiry) {
        return store(new Request.Store(key, Request.Mode.ADD, 0, value, expiry));
    }

    CompletableFuture<Boolean> delete(String key) {
        return client.send(new Request.Delete(key));
    }

    CompletableFuture<@Nullable Long> increment(String key, long by) {
        return client.send(new Request.Increment(key, by));
    }

    /** Writes where what was seen is still there, or still nothing is. */
    CompletableFuture<Boolean> replace(String key, @Nullable Item seen, byte[] value, Expiry expiry) {
        return seen == null
                ? add(key, value, expiry)
                : store(new Request.Store(key, Request.Mode.CAS, seen.cas(), value, expiry));
    }

    private CompletableFuture<Boolean> store(Request.Store request) {
        int limit = client.itemLimit();
        int length = request.value().length;
        if ((long) length + request.key().length() + OVERHEAD > limit) {
            return CompletableFuture.failedFuture(new CacheCapacityException(
                    "The value has %d bytes as stored, and Memcached takes items of %d bytes with their key. Store less, turn compression on, or raise the limit of the servers (memcached -I)."
                            .formatted(length, limit)));
        }
        return client.send(request);
    }

    /** Reads an item and writes what it is to become, anew where somebody else wrote in between. */
    <T extends @Nullable Object> CompletionStage<T> edit(String key, Function<@Nullable Item, Edit<T>> decision) {
        return edit(key, decision, MOST_ATTEMPTS);
    }

    private <T extends @Nullable Object> CompletionStage<T> edit(
            String key, Function<@Nullable Item, Edit<T>> decision, int attempts) {
        if (attempts == 0) {
            return CompletableFuture.failedFuture(new CacheBackendException(
                    "A key was changed by others " + MOST_ATTEMPTS + " times while it was to be changed"));
        }
        return get(key).thenCompose(
                        item -> write(key, item, decision.apply(item), () -> edit(key, decision, attempts - 1)));
    }

    /** Carries out what is to become of an item that was read; begins anew where somebody else wrote in between. */
    <T extends @Nullable Object> CompletionStage<T> write(
            String key, @Nullable Item item, Edit<T> edit, Supplier<CompletionStage<T>> anew) {
        byte[] value = edit.value();
        return value == null
                ? CompletableFuture.completedFuture(edit.outcome())
                : replace(key, item, value, edit.expiry())
                        .thenCompose(
                                written -> written ? CompletableFuture.completedFuture(edit.outcome()) : anew.get());
    }

    /** The answers in the order of the elements, two hundred of which are under way at once. */
    static <E, T extends @Nullable Object> CompletionStage<List<T>> each(
            List<E> elements, Function<E, CompletionStage<T>> operation) {
        List<T> values = new ArrayList<>(elements.size());
        CompletionStage<@Nullable Void> before = CompletableFuture.completedFuture(null);
        for (int from = 0; from < elements.size(); from += AT_ONCE) {
            List<E> chunk = elements.subList(from, Math.min(elements.size(), from + AT_ONCE));
            before = before.thenCompose(done -> together(chunk, operation)).thenAccept(values::addAll);
        }
        return before.thenApply(done -> values);
    }

    private static <E, T extends @Nullable Object> CompletionStage<List<T>> together(
            List<E> elements, Function<E, CompletionStage<T>> operation) {
        List<CompletableFuture<T>> answers = new ArrayList<>(elements.size());
        for (E element : elements) {
            answers.add(operation.apply(element).toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    List<T> values = new ArrayList<>(answers.size());
                    answers.forEach(answer -> values.add(answer.join()));
                    return values;
                });
    }
}
