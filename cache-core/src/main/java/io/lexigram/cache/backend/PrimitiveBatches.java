package io.lexigram.cache.backend;

import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.Batches;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Batches of a backend that has none: one operation per element, all of them under way at once. */
final class PrimitiveBatches implements Batches {

    private final ByteBackend backend;

    private PrimitiveBatches(ByteBackend backend) {
        this.backend = backend;
    }

    static Batches of(ByteBackend backend) {
        return backend instanceof Batches batches ? batches : new PrimitiveBatches(backend);
    }

    @Override
    public CompletionStage<List<byte @Nullable []>> getMany(List<byte[]> keys) {
        return each(keys, backend::get);
    }

    @Override
    public CompletionStage<@Nullable Void> setMany(List<ByteEntry> entries) {
        return each(entries, entry -> backend.set(entry, false)).thenApply(done -> null);
    }

    @Override
    public CompletionStage<Long> deleteMany(List<byte[]> keys) {
        return each(keys, backend::delete)
                .thenApply(deleted -> deleted.stream().filter(found -> found).count());
    }

    private static <E, T extends @Nullable Object> CompletableFuture<List<T>> each(
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
