package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.invalidate.Stamp;
import io.lexigram.cache.spi.ByteBackend.Generations.Changes;
import io.lexigram.cache.spi.TimeSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The clock and the stamps of groups, where a server may drop any item at any time. The {@link TickLog log} is the authority,
 * and grows by compare and set; the clock beside it is a copy that is written after the log and never set back, small enough
 * to be read with every read. Ticks that leave the log are on their {@link StampPage page} before.
 *
 * <p>A log that is lost begins anew in another incarnation, so that everything is invalid that was stored before; so does a
 * page for its groups. A clock that is lost is copied again.
 */
final class GenerationCommands {

    private static final int MOST_ATTEMPTS = 1_000;
    private static final int GROUPS_AT_ONCE = 100;
    private static final int CLOCK_LENGTH = 2 * Long.BYTES;

    /** How often a node that reads the clock also reads the log, lest the server think that nobody needs it. */
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Items items;
    private final TimeSource time;
    private final String clockKey;
    private final String logKey;
    private final AtomicLong keptAt;

    GenerationCommands(Items items, KeyCodec keys, TimeSource time) {
        this.items = items;
        this.time = time;
        this.clockKey = Items.text(keys.auxiliary("groups", "g"));
        this.logKey = clockKey + "%t";
        this.keptAt = new AtomicLong(time.nanos());
    }

    CompletionStage<byte @Nullable []> clock() {
        CompletableFuture<@Nullable Item> clock = items.get(clockKey);
        long now = time.nanos();
        long kept = keptAt.get();
        if (now - kept >= KEEP_NANOS && keptAt.compareAndSet(kept, now)) {
            var unused = items.get(logKey);
        }
        return clock.thenApply(GenerationCommands::clock);
    }

    private static byte @Nullable [] clock(@Nullable Item item) {
        return item == null || item.value().length != CLOCK_LENGTH ? null : item.value();
    }

    CompletionStage<byte[]> advance(List<byte[]> groups, byte[] newClock, long nonce) {
        List<ByteBuffer> names = groups.stream().map(ByteBuffer::wrap).toList();
        CompletionStage<TickLog> log =
                tick(names.subList(0, Math.min(names.size(), GROUPS_AT_ONCE)), newClock, nonce, MOST_ATTEMPTS);
        for (int from = GROUPS_AT_ONCE; from < names.size(); from += GROUPS_AT_ONCE) {
            List<ByteBuffer> chunk = names.subList(from, Math.min(names.size(), from + GROUPS_AT_ONCE));
            long next = nonce + from;
            log = log.thenCompose(before -> tick(chunk, newClock, next, MOST_ATTEMPTS));
        }
        return log.thenCompose(last -> publish(last, MOST_ATTEMPTS).thenApply(done -> last.clock()));
    }

    private CompletionStage<TickLog> tick(List<ByteBuffer> groups, byte[] newClock, long nonce, int attempts) {
        return items.get(logKey).thenCompose(item -> {
            TickLog found = TickLog.read(item);
            if (found != null && groups.isEmpty()) {
                return CompletableFuture.completedFuture(found);
            }
            TickLog log = found == null || found.isExhausted() ? TickLog.beginningWith(newClock) : found;
            CompletionStage<TickLog> shorter =
                    log.isFull() ? write(log, log.older()) : CompletableFuture.completedFuture(log);
            return shorter.thenCompose(shortened -> {
                TickLog next = groups.isEmpty() ? shortened : shortened.tick(groups, nonce);
                return replaced(item, next, attempts, () -> tick(groups, newClock, nonce, attempts - 1));
            });
        });
    }

    CompletionStage<byte[]> restart(byte[] seen, byte[] newClock) {
        return restart(ByteBuffer.wrap(seen), newClock, MOST_ATTEMPTS)
                .thenCompose(log -> publish(log, MOST_ATTEMPTS).thenApply(done -> log.clock()));
    }

    private CompletionStage<TickLog> restart(ByteBuffer seen, byte[] newClock, int attempts) {
        return items.get(logKey).thenCompose(item -> {
            TickLog log = TickLog.read(item);
            return log != null && !seen.equals(ByteBuffer.wrap(log.clock()))
                    ? CompletableFuture.completedFuture(log)
                    : replaced(
                            item,
                            TickLog.beginningWith(newClock),
                            attempts,
                            () -> restart(seen, newClock, attempts - 1));
        });
    }

    private CompletionStage<TickLog> replaced(
            @Nullable Item seen, TickLog next, int attempts, Supplier<CompletionStage<TickLog>> anew) {
        if (attempts == 0) {
            return tooManyAttempts();
        }
        return items.replace(logKey, seen, next.bytes(), Expiry.NEVER)
                .thenCompose(written -> written ? CompletableFuture.completedFuture(next) : anew.get());
    }

    /** Sees to it that the clock shows the log, or a later one. */
    private CompletionStage<@Nullable Void> publish(TickLog log, int attempts) {
        if (attempts == 0) {
            return tooManyAttempts();
        }
        return items.get(clockKey).thenCompose(item -> {
            byte[] bytes = clock(item);
            long shown = bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
            if (Stamp.incarnation(shown) == log.incarnation()) {
                return Stamp.seq(shown) >= log.seq()
                        ? CompletableFuture.<@Nullable Void>completedFuture(null)
                        : show(item, log, attempts);
            }
            // Of two incarnations the log tells which one is over. It is read behind the clock that would be replaced.
            return items.get(logKey).thenCompose(read -> {
                TickLog present = TickLog.read(read);
                return present == null || present.incarnation() != log.incarnation()
                        ? CompletableFuture.<@Nullable Void>completedFuture(null)
                        : show(item, present, attempts);
            });
        });
    }

    private CompletionStage<@Nullable Void> show(@Nullable Item seen, TickLog log, int attempts) {
        return items.replace(clockKey, seen, log.clock(), Expiry.NEVER)
                .thenCompose(written ->
                        written ? CompletableFuture.<@Nullable Void>completedFuture(null) : publish(log, attempts - 1));
    }

    CompletionStage<Changes> changesSince(byte[] clock) {
        return items.get(logKey).thenApply(item -> {
            TickLog log = TickLog.read(item);
            return log == null ? new Changes(null, false, null) : changes(log, ByteBuffer.wrap(clock));
        });
    }

    private static Changes changes(TickLog log, ByteBuffer seen) {
        long stamp = seen.getLong();
        if (Stamp.incarnation(stamp) != log.incarnation()) {
            return new Changes(log.clock(), false, null);
        }
        Tick tick = log.tickOf(Stamp.seq(stamp));
        if (log.seq() < Stamp.seq(stamp) || tick != null && tick.nonce() != seen.getLong()) {
            return new Changes(log.clock(), true, null);
        }
        return new Changes(log.clock(), false, tick == null ? null : log.after(Stamp.seq(stamp)));
    }

    /** The log comes first: what leaves it before it is read is on its page by then. */
    CompletionStage<List<Long>> stamps(List<byte[]> groups) {
        List<ByteBuffer> names = groups.stream().map(ByteBuffer::wrap).toList();
        return items.get(logKey).thenCompose(item -> {
            TickLog log = TickLog.read(item);
            if (log == null) {
                return lost();
            }
            Map<ByteBuffer, Long> recent = log.after(-1);
            List<Integer> wanted = names.stream()
                    .filter(name -> !recent.containsKey(name))
                    .map(StampPage::of)
                    .distinct()
                    .toList();
            return Items.each(wanted, page -> page(log, page)).thenApply(pages -> {
                Map<Integer, StampPage> found = new HashMap<>();
                for (int i = 0; i < wanted.size(); i++) {
                    found.put(wanted.get(i), pages.get(i));
                }
                return names.stream()
                        .map(name -> {
                            StampPage page = found.get(StampPage.of(name));
                            Long stamp = recent.get(name);
                            return stamp != null ? stamp : page == null ? Long.valueOf(0) : page.stamp(name);
                        })
                        .toList();
            });
        });
    }

    /** Without the log nobody can tell. The clock goes too, so that whoever reads it next begins anew. */
    private CompletionStage<List<Long>> lost() {
        return items.delete(clockKey)
                .thenCompose(deleted -> CompletableFuture.failedFuture(new CacheBackendException(
                        "Memcached has dropped the generations of the groups; everything stored before is invalid")));
    }

    private CompletionStage<StampPage> page(TickLog log, int page) {
        return isThere(log, page)
                ? editPage(log, page, Map.of())
                : CompletableFuture.completedFuture(new StampPage(log.incarnation(), 0, Map.of()));
    }

    private static boolean isThere(TickLog log, int page) {
        return (log.pages() >> page & 1) != 0;
    }

    /** Adds ticks to a page. One that should be there and is not is taken to have held a tick of each group just now. */
    private CompletionStage<StampPage> editPage(TickLog log, int page, Map<ByteBuffer, Long> ticks) {
        return items.edit(clockKey + "%p" + page, item -> {
            StampPage found = StampPage.read(item, log.incarnation());
            StampPage before = found != null
                    ? found
                    : new StampPage(log.incarnation(), isThere(log, page) ? log.seq() : 0, Map.of());
            if (found != null && ticks.isEmpty()) {
                return Edit.keep(found);
            }
            StampPage after = before.with(ticks);
            return Edit.write(after, after.bytes(), Expiry.NEVER);
        });
    }

    /** Writes these ticks to their pages. @return the log that may do without them */
    private CompletionStage<TickLog> write(TickLog log, List<Tick> ticks) {
        Map<Integer, Map<ByteBuffer, Long>> ofPages = new HashMap<>();
        for (Tick tick : ticks) {
            tick.groups().forEach(group -> ofPages.computeIfAbsent(StampPage.of(group), page -> new HashMap<>())
                    .merge(group, tick.seq(), Math::max));
        }
        List<Integer> pages = new ArrayList<>(ofPages.keySet());
        long bits = pages.stream().map(page -> 1L << page).collect(Collectors.reducing(0L, (a, b) -> a | b));
        return Items.each(pages, page -> editPage(log, page, ofPages.getOrDefault(page, Map.of())))
                .thenApply(written -> log.withoutOlder(bits));
    }

    private static <T extends @Nullable Object> CompletionStage<T> tooManyAttempts() {
        return CompletableFuture.failedFuture(new CacheBackendException(
                "Others invalidated " + MOST_ATTEMPTS + " times while a tick was to be stored"));
    }
}
