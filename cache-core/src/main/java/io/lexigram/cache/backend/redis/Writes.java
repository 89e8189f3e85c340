package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.VersionedBytes;
import io.lexigram.cache.spi.VersionedEntries.Outcome;
import io.lexigram.cache.spi.VersionedEntries.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Stores entries, and keeps what their tags are found by. */
final class Writes {

    private static final byte[] NO_VALUE = {};
    private static final byte[] YES = {'1'};
    private static final byte[] OUTDATED = "outdated".getBytes(UTF_8);

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

    CompletionStage<List<Outcome>> setVersions(Link link, List<VersionedBytes> versions) {
        List<ByteEntry> entries = versions.stream().map(VersionedBytes::entry).toList();
        Batch batch = new Batch(link);
        indexes.announce(entries, batch);
        List<CompletionStage<List<byte[]>>> answers = new ArrayList<>(versions.size());
        versions.forEach(version -> answers.add(batch.add(setVersion(version))));
        return sendAndConfirm(batch, link, entries)
                .thenApply(done ->
                        answers.stream().map(Batch::answer).map(Writes::outcome).toList());
    }

    private ScriptCall<List<byte[]>> setVersion(VersionedBytes version) {
        ByteEntry entry = version.entry();
        String name = version.rank().version();
        return ScriptCall.list(
                Script.SET_VERSION,
                List.of(entry.key(), KeyCodec.versionsOf(entry.key()), KeyCodec.versionOf(entry.key(), name)),
                List.of(
                        entry.value(),
                        ScriptCall.lifetime(entry.ttlMillis()),
                        ScriptCall.lifetime(version.currentMillis()),
                        ScriptCall.bigEndian(version.currentEndMillis()),
                        name.getBytes(UTF_8),
                        version.rank().digits().getBytes(UTF_8),
                        version.ordered() ? YES : NO_VALUE,
                        wakeUps));
    }

    private static Outcome outcome(List<byte[]> answer) {
        return answer.isEmpty()
                ? Outcome.STORED
                : new Outcome(
                        Arrays.equals(answer.get(0), OUTDATED) ? Result.OUTDATED : Result.INCOMPARABLE,
                        new String(answer.get(1), UTF_8));
    }

    CompletionStage<Void> setMany(Link link, List<ByteEntry> entries) {
        Batch batch = new Batch(link);
        indexes.announce(entries, batch);
        for (ByteEntry entry : entries) {
            batch.add(Commands.set(entry.key(), entry.value(), entry.ttlMillis()));
        }
        return sendAndConfirm(batch, link, entries);
    }

    /**
     * @param end the end of the lifetime as an envelope holds it
     * @param entryId only of that entry, and only to a later end; null for any
     */
    CompletionStage<Boolean> expire(Link link, byte[] key, long ttlMillis, byte[] end, byte @Nullable [] entryId) {
        byte[] life = ScriptCall.lifetime(ttlMillis);
        ScriptCall<List<byte[]>> call = entryId == null
                ? ScriptCall.list(Script.EXPIRE, key, life, end)
                : ScriptCall.list(Script.EXPIRE, key, life, end, entryId);
        return call.on(link).thenCompose(answer -> {
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
