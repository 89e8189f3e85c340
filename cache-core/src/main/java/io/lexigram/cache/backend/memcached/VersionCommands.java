package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.spi.ByteBackend.VersionedBytes;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.spi.VersionedEntries;
import io.lexigram.cache.spi.VersionedEntries.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Values by version. The {@link VersionIndex} beside a key decides, and grows by {@code cas}: which version is the last, and
 * which values there are. The current one is written behind it, by a {@code cas} of what lay there before the index was
 * changed: of several that set versions at once, the current one is that of who changed the index last.
 */
final class VersionCommands {

    private static final int MOST_ATTEMPTS = 1_000;

    /** For how long a place is kept for a current version that is to be written by {@code cas}. */
    private static final long PLACE_MILLIS = 10_000;

    private final Items items;
    private final Values values;
    private final TimeSource time;

    VersionCommands(Items items, Values values, TimeSource time) {
        this.items = items;
        this.values = values;
        this.time = time;
    }

    /** Versions of one key are set one after the other. */
    CompletionStage<List<Outcome>> setAll(List<VersionedBytes> versions) {
        Map<String, CompletionStage<Outcome>> lastOfKeys = new HashMap<>();
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>(versions.size());
        for (VersionedBytes version : versions) {
            String key = Items.text(version.entry().key());
            CompletionStage<Outcome> before = lastOfKeys.get(key);
            CompletionStage<Outcome> outcome = before == null
                    ? set(key, version, MOST_ATTEMPTS)
                    : before.thenCompose(done -> set(key, version, MOST_ATTEMPTS));
            lastOfKeys.put(key, outcome);
            outcomes.add(outcome);
        }
        return Items.each(outcomes, outcome -> outcome);
    }

    private CompletionStage<Outcome> set(String key, VersionedBytes version, int attempts) {
        if (attempts == 0) {
            return tooManyAttempts();
        }
        return look(key).thenCompose(seen -> {
            VersionIndex known = VersionIndex.read(seen.index());
            Outcome refusal = known != null && version.ordered() ? known.refusal(version.rank()) : null;
            if (refusal != null) {
                return CompletableFuture.completedFuture(refusal);
            }
            Item current = seen.current();
            if (current == null) {
                return takePlace(key).thenCompose(taken -> set(key, version, attempts - 1));
            }
            VersionIndex next = VersionIndex.with(
                    known, version.rank(), idOf(version), version.entry().ttlMillis(), time.millis());
            return items.replace(
                            VersionKeys.versionsOf(key),
                            seen.index(),
                            next.bytes(),
                            longer(seen.index(), next.lifeMillis()))
                    .thenCompose(written -> {
                        if (!written) {
                            return set(key, version, attempts - 1);
                        }
                        drop(key, known, next);
                        return store(key, version, current, attempts);
                    });
        });
    }

    /** Writes the value, and makes it the current one where it is still the last that was set. */
    private CompletionStage<Outcome> store(String key, VersionedBytes version, Item before, int attempts) {
        byte[] value = version.entry().value();
        CompletableFuture<Boolean> kept = items.set(
                VersionKeys.valueOf(key, version.rank().version()),
                value,
                Expiry.in(version.entry().ttlMillis(), time.millis()));
        CompletableFuture<Boolean> made = items.replace(
                key,
                before,
                Bytes.with(value, Envelope.OFFSET_EXPIRES_AT, version.currentEndMillis()),
                Expiry.in(version.currentMillis(), time.millis()));
        return kept.thenCombine(made, (stored, isCurrent) -> isCurrent)
                .thenCompose(isCurrent -> isCurrent
                        ? CompletableFuture.completedFuture(Outcome.STORED)
                        : storeAnew(key, version, attempts - 1));
    }

    private CompletionStage<Outcome> storeAnew(String key, VersionedBytes version, int attempts) {
        if (attempts == 0) {
            return tooManyAttempts();
        }
        return look(key).thenCompose(seen -> {
            VersionIndex known = VersionIndex.read(seen.index());
            if (known == null || !known.isLast(idOf(version))) {
                // A later version, or a removal, came after this one.
                return CompletableFuture.completedFuture(Outcome.STORED);
            }
            Item current = seen.current();
            return current == null
                    ? takePlace(key).thenCompose(taken -> storeAnew(key, version, attempts - 1))
                    : store(key, version, current, attempts);
        });
    }

    /** The current entry is read before the index: where it is still there later, nothing was made current since. */
    private CompletionStage<Seen> look(String key) {
        CompletableFuture<@Nullable Item> current = items.get(key);
        CompletableFuture<@Nullable Item> index = items.get(VersionKeys.versionsOf(key));
        return current.thenCombine(index, Seen::new);
    }

    /** Only what is there can be replaced by {@code cas}: a mark that keeps nobody from loading, as a reservation does. */
    private CompletionStage<Boolean> takePlace(String key) {
        long token = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return items.add(
                key,
                Envelope.lease(token, token, Envelope.RESERVED, 0).toBytes(),
                Expiry.in(PLACE_MILLIS, time.millis()));
    }

    /** The value of a version, asked for by its key, where it is listed. */
    CompletionStage<byte @Nullable []> get(String key) {
        CompletableFuture<@Nullable Item> value = items.get(VersionKeys.shortened(key));
        CompletableFuture<@Nullable Item> index = items.get(VersionKeys.versionsOf(VersionKeys.entryOf(key)));
        return value.thenCombine(index, (item, list) -> {
            VersionIndex known = VersionIndex.read(list);
            return known != null
                            && item != null
                            && item.isEnvelope()
                            && known.holds(VersionKeys.versionOf(key), Envelope.entryId(item.value()))
                    ? item.value()
                    : null;
        });
    }

    /**
     * Removes an entry and all of its versions, and remembers the last one; of a version, its value alone.
     *
     * @return whether there was an entry
     */
    CompletionStage<Boolean> delete(byte[] physical) {
        CompletionStage<Boolean> deleted = values.delete(physical);
        String key = Items.text(physical);
        if (VersionKeys.isValue(key)) {
            return deleted;
        }
        return items.get(VersionKeys.versionsOf(key))
                .thenCombine(
                        deleted,
                        (list, found) -> list == null
                                ? CompletableFuture.completedFuture(found)
                                // What was set in between may have become the current one.
                                : forget(key)
                                        .thenCompose(forgotten -> values.delete(physical))
                                        .thenApply(again -> found || again))
                .thenCompose(done -> done);
    }

    private CompletionStage<@Nullable Void> forget(String key) {
        return items.<Optional<VersionIndex>>edit(VersionKeys.versionsOf(key), item -> {
                    VersionIndex known = VersionIndex.read(item);
                    if (known == null || known.values().isEmpty()) {
                        return Edit.keep(Optional.empty());
                    }
                    long memory = known.lifeMillis() == StoredEntry.NEVER
                            ? VersionedEntries.LONGEST_MEMORY_MILLIS
                            : known.lifeMillis();
                    return Edit.write(
                            Optional.of(known), known.withoutValues().bytes(), Expiry.in(memory, time.millis()));
                })
                .thenAccept(forgotten -> forgotten.ifPresent(known -> drop(key, known, known.withoutValues())));
    }

    /** Gives the memory of values back that are listed no more. */
    private void drop(String key, @Nullable VersionIndex before, VersionIndex now) {
        if (before == null) {
            return;
        }
        before.values().forEach((version, value) -> {
            if (!now.values().containsKey(version)) {
                var unused = items.edit(
                        VersionKeys.valueOf(key, version),
                        item -> item != null && item.isEnvelope() && Envelope.entryId(item.value()) == value.entryId()
                                ? Edit.remove(true)
                                : Edit.keep(false));
            }
        });
    }

    /** Removes an entry and leaves its versions. @return whether there was one */
    CompletionStage<Boolean> deleteCurrent(byte[] physical) {
        CompletionStage<Boolean> deleted = values.delete(physical);
        CompletionStage<Boolean> remembered = items.edit(VersionKeys.versionsOf(Items.text(physical)), item -> {
            VersionIndex known = VersionIndex.read(item);
            return item == null || known == null
                    ? Edit.keep(false)
                    : Edit.write(true, item.value(), longer(item, known.lifeMillis()));
        });
        return deleted.thenCombine(remembered, (found, done) -> found);
    }

    /** The end of what is known already, or so long from now, whichever is later. */
    private Expiry longer(@Nullable Item known, long lifeMillis) {
        long now = time.millis();
        if (lifeMillis == StoredEntry.NEVER || known == null) {
            return Expiry.in(lifeMillis, now);
        }
        long left = Expiry.remainingMillis(known, now);
        return left == StoredEntry.NEVER ? Expiry.NEVER : Expiry.in(Math.max(left, lifeMillis), now);
    }

    private static long idOf(VersionedBytes version) {
        return Envelope.entryId(version.entry().value());
    }

    private static CompletionStage<Outcome> tooManyAttempts() {
        return CompletableFuture.failedFuture(new CacheBackendException(
                "The versions of a key were changed by others " + MOST_ATTEMPTS + " times while one was to be set"));
    }

    private record Seen(@Nullable Item current, @Nullable Item index) {}
}
