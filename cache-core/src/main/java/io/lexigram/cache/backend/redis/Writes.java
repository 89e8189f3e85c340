package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stores entries, and keeps what their tags are found by. */
final class Writes {

    private static final byte[] NO_VALUE = {};

    private final TagIndexes indexes;
    private final byte[] wakeUps;

    /** @param wakeUps the channel through which those who wait for a lease are woken */
    Writes(TagIndexes indexes, byte[] wakeUps) {
        this.indexes = indexes;
        this.wakeUps = wakeUps;
    }

    CompletionStage<Boolean> set(Link link, ByteEntry entry) {
        return entry.tags().isEmpty()
                ? link.send(Commands.set(entry.key(), entry.value(), entry.ttlMillis()))
                        .thenApply(ok -> true)
                : setMany(link, List.of(entry)).thenApply(done -> true);
    }

    /** One script, which decides at once: with a second command no later call for the key could come in between. */
    CompletionStage<Boolean> setIfAbsent(Link link, ByteEntry entry) {
        Batch batch = new Batch(link);
        indexes.announce(List.of(entry), batch);
        CompletionStage<Long> stored = batch.add(ScriptCall.number(
                Script.SET_IF_ABSENT, entry.key(), entry.value(), ScriptCall.lifetime(entry.ttlMillis()), wakeUps));
        return sendAndConfirm(batch, link, List.of(entry)).thenCombine(stored, (done, count) -> count == 1);
    }

    /** Stores those entries whose keys are under the leases of these tokens. */
    CompletionStage<List<Boolean>> fillMany(Link link, List<ByteEntry> entries, List<Long> tokens) {
        Batch batch = new Batch(link);
        indexes.announce(entries, batch);
        List<CompletionStage<Long>> stored = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            ByteEntry entry = entries.get(i);
            stored.add(batch.add(ScriptCall.number(
                    Script.FILL,
                    entry.key(),
                    entry.value(),
                    ScriptCall.lifetime(entry.ttlMillis()),
                    ScriptCall.bigEndian(tokens.get(i)),
                    wakeUps)));
        }
        return sendAndConfirm(batch, link, entries)
                .thenApply(done ->
                        stored.stream().map(count -> Batch.answer(count) == 1).toList());
    }

    CompletionStage<Void> setMany(Link link, List<ByteEntry> entries) {
        Batch batch = new Batch(link);
        indexes.announce(entries, batch);
        for (ByteEntry entry : entries) {
            batch.add(Commands.set(entry.key(), entry.value(), entry.ttlMillis()));
        }
        return sendAndConfirm(batch, link, entries);
    }

    /** @param end the end of the lifetime as an envelope holds it */
    CompletionStage<Boolean> expire(Link link, byte[] key, long ttlMillis, byte[] end) {
        return ScriptCall.list(Script.EXPIRE, key, ScriptCall.lifetime(ttlMillis), end)
                .on(link)
                .thenCompose(answer -> {
                    if (answer.isEmpty()) {
                        return CompletableFuture.completedFuture(false);
                    }
                    Batch batch = new Batch(link);
                    indexes.confirm(List.of(new ByteEntry(key, NO_VALUE, ttlMillis, tags(answer))), batch);
                    return batch.send().thenApply(done -> true);
                });
    }

    /** A server keeps the order of the batch. Nodes of a cluster know nothing of each other: there the entries come first. */
    private CompletionStage<Void> sendAndConfirm(Batch batch, Link link, List<ByteEntry> entries) {
        if (!link.isCluster()) {
            indexes.confirm(entries, batch);
            return batch.send();
        }
        return batch.send().thenCompose(done -> {
            Batch confirmations = new Batch(link);
            indexes.confirm(entries, confirmations);
            return confirmations.send();
        });
    }

    private static Set<String> tags(List<byte[]> answer) {
        Set<String> tags = new LinkedHashSet<>();
        answer.subList(1, answer.size()).forEach(tag -> tags.add(new String(tag, UTF_8)));
        return tags;
    }
}
