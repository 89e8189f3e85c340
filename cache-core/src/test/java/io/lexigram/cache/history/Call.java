package io.lexigram.cache.history;

import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One call of a backend on its way there. */
record Call(ByteBackend backend, Method method, Object[] arguments) {

    String name() {
        return method.getName();
    }

    boolean isOneOf(String... names) {
        return List.of(names).contains(name());
    }

    byte[] bytes(int index) {
        return (byte[]) arguments[index];
    }

    /** Asks the backend. */
    @Nullable
    Object proceed() {
        try {
            return method.invoke(backend, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same call with another argument. */
    Call with(int index, Object argument) {
        Object[] changed = arguments.clone();
        changed[index] = argument;
        return new Call(backend, method, changed);
    }

    /** The same call, whose first argument are keys, for those that hold no lease record. Waits. */
    Call withoutLeases() {
        return with(
                0,
                ((List<?>) arguments[0])
                        .stream()
                                .map(byte[].class::cast)
                                .filter(key -> {
                                    byte[] value = backend.get(key)
                                            .toCompletableFuture()
                                            .join();
                                    return value == null || !Envelope.isLease(value);
                                })
                                .toList());
    }

    /** Asks the backend, but finds nothing where entries are to be swept away. */
    @Nullable
    Object unswept() {
        return switch (name()) {
            case "removeTagged" -> 0L;
            case "scan" -> Stream.empty();
            default -> proceed();
        };
    }

    /** Asks the backend for what comes later. */
    @SuppressWarnings("unchecked")
    <T extends @Nullable Object> CompletionStage<T> stage() {
        return (CompletionStage<T>) java.util.Objects.requireNonNull(proceed());
    }

    /** Answers in place of the backend, what a method for one key answers or what a method for several does. */
    CompletionStage<?> answer(Object one, Object several) {
        return CompletableFuture.completedFuture(name().endsWith("Many") ? several : one);
    }

    /** Does something else where this is a fill. */
    @Nullable
    Object fills(BiFunction<ByteBackend, ByteEntry, CompletionStage<Boolean>> fill) {
        if (isOneOf("fill")) {
            return fill.apply(backend, (ByteEntry) arguments[0]);
        }
        return isOneOf("fillMany")
                ? all(entries().map(entry -> fill.apply(backend, entry)).toList())
                : proceed();
    }

    /** Stamps what is filled with a clock of its own. */
    @Nullable
    Object stampsFills(java.util.function.Supplier<CompletionStage<byte @Nullable []>> clock) {
        if (!isOneOf("fill", "fillMany")) {
            return proceed();
        }
        return clock.get().thenCompose(now -> {
            Object[] changed = arguments.clone();
            UnaryOperator<ByteEntry> stamped = entry -> now == null ? entry : stamped(entry, now);
            changed[0] = isOneOf("fill")
                    ? stamped.apply((ByteEntry) arguments[0])
                    : entries().map(stamped).toList();
            return new Call(backend, method, changed).stage();
        });
    }

    private static ByteEntry stamped(ByteEntry entry, byte[] clock) {
        byte[] value = entry.value().clone();
        ByteBuffer.wrap(value)
                .putLong(Envelope.OFFSET_GROUP_SEQ, ByteBuffer.wrap(clock).getLong());
        return new ByteEntry(entry.key(), value, entry.ttlMillis(), entry.tags());
    }

    private Stream<ByteEntry> entries() {
        return ((List<?>) arguments[0]).stream().map(ByteEntry.class::cast);
    }

    private static CompletionStage<List<Boolean>> all(List<CompletionStage<Boolean>> stages) {
        CompletionStage<List<Boolean>> all = CompletableFuture.completedFuture(new java.util.ArrayList<>());
        for (CompletionStage<Boolean> stage : stages) {
            all = all.thenCombine(stage, (list, stored) -> {
                list.add(stored);
                return list;
            });
        }
        return all;
    }
}
