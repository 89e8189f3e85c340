package io.lexigram.cache.history;

import io.lexigram.cache.backend.tiered.TierFault;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.invalidate.Stamp;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.Generations;
import io.lexigram.cache.spi.ByteBackend.Generations.Changes;
import io.lexigram.cache.spi.ByteBackend.TagIndex;
import io.lexigram.cache.spi.CacheBackend;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a backend can get wrong, each planted by changing the calls on their way there. */
public enum PlantedFault {
    NONE,
    /**
     * No fault: what an invalidation of a group makes invalid stays where it is, with its lease, as if the process had died
     * before it could sweep. This is so with all faults of generations as well.
     */
    UNSWEPT {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.unswept();
        }
    },
    /** Deletes of a key are answered and not executed. */
    DELETE_FORGOTTEN {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("delete", "deleteMany") ? call.answer(true, 1L) : call.proceed();
        }
    },
    /** Deletes of a key are answered at once and executed later. */
    DELETE_ANSWERED_EARLY {
        @Override
        @Nullable
        Object pass(Call call) {
            if (!call.isOneOf("delete", "deleteMany")) {
                return call.proceed();
            }
            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(call::proceed);
            return call.answer(true, 1L);
        }
    },
    /** Deletes remove a value and leave a lease record as it is. */
    DELETE_LEAVES_LEASE {
        @Override
        @Nullable
        Object pass(Call call) {
            if (!call.isOneOf("delete")) {
                return call.proceed();
            }
            return call.backend()
                    .get(call.bytes(0))
                    .thenCompose(value -> value != null && Envelope.isLease(value)
                            ? CompletableFuture.completedFuture(false)
                            : call.backend().delete(call.bytes(0)));
        }
    },
    /** A fill is a plain set. */
    NO_FENCE {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.fills((backend, entry) -> backend.set(entry, false));
        }
    },
    /** A fill looks for a lease or value, whoever's it is. */
    FILL_WITHOUT_COMPARE {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.fills((backend, entry) -> backend.get(entry.key())
                    .thenCompose(value ->
                            value == null ? CompletableFuture.completedFuture(false) : backend.set(entry, false)));
        }
    },
    /** Who claims a leased key may load it. */
    CLAIM_ALWAYS_GRANTED {
        @Override
        @Nullable
        Object pass(Call call) {
            return switch (call.name()) {
                case "claim" -> call.<byte @Nullable []>stage().thenApply(PlantedFault::withoutLease);
                case "claimMany" ->
                    call.<List<byte @Nullable []>>stage().thenApply(values -> {
                        List<byte @Nullable []> answers = new ArrayList<>();
                        values.forEach(value -> answers.add(withoutLease(value)));
                        return answers;
                    });
                default -> call.proceed();
            };
        }
    },
    /** Who gives a lease back ends whatever lease there is. */
    RELEASE_WITHOUT_TOKEN {
        @Override
        @Nullable
        Object pass(Call call) {
            if (!call.isOneOf("release")) {
                return call.proceed();
            }
            return call.backend()
                    .get(call.bytes(0))
                    .thenCompose(value -> value != null && Envelope.isLease(value)
                            ? call.backend().delete(call.bytes(0))
                            : CompletableFuture.completedFuture(false));
        }
    },
    /** The deletion of several keys leaves lease records as they are. */
    PATTERN_LEAVES_LEASES {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("deleteMany") ? call.withoutLeases().stage() : call.proceed();
        }
    },
    /** Who waits for a lease is noted although it has ended. */
    WAITER_NOTED_TOO_LATE {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("announceWaiter") ? call.stage().thenApply(found -> null) : call.proceed();
        }
    },
    /** Who waits is not told that what was loaded is not stored. */
    RELEASE_AS_STORED {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("release") ? call.with(2, false).proceed() : call.proceed();
        }
    },
    /** The sweep behind the invalidation of a tag removes what was loaded since. */
    SWEEP_IGNORES_STAMP {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("removeTagged")
                    ? ((TagIndex) call.backend()).removeTagged((String) call.arguments()[0], call.bytes(1))
                    : call.proceed();
        }
    },
    /** What is there is stamped anew, whether it is what was put or not. */
    RESTAMP_WHATEVER {
        @Override
        @Nullable
        Object pass(Call call) {
            if (!call.isOneOf("restamp")) {
                return call.proceed();
            }
            List<?> keys = (List<?>) call.arguments()[0];
            return call.backend()
                    .get((byte[]) keys.get(0))
                    .thenCompose(value -> value == null
                            ? CompletableFuture.completedFuture(null)
                            : call.with(1, List.of(Envelope.entryId(value))).stage());
        }
    },
    /** A lease is taken over although it lives. */
    TAKE_OVER_OF_LIVE_LEASE {
        @Override
        @Nullable
        Object pass(Call call) {
            if (!call.isOneOf("takeOver")) {
                return call.unswept();
            }
            long seen = (Long) call.arguments()[3];
            return call.<byte @Nullable []>stage()
                    .thenApply(value -> value != null && isEntry(value, seen) ? null : value);
        }
    },
    /** A lease is taken over whatever is there by now. */
    TAKE_OVER_OF_ANYTHING {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("takeOver") ? call.stage().thenApply(found -> null) : call.proceed();
        }
    },
    /** Renewals of a lease are answered and not executed. */
    RENEWAL_FORGOTTEN {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("renew") ? call.answer(true, true) : call.proceed();
        }
    },
    /** A filled value is stamped with the clock at the end of its load. */
    STAMP_AFTER_LOAD {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("fill", "fillMany")
                    ? call.stampsFills(() -> ((Generations) call.backend()).clock())
                    : call.unswept();
        }
    },
    /** The clock is read once in a while, and what it said is answered in between. */
    CLOCK_CACHED {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("clock") ? OldAnswers.of(call) : call.unswept();
        }
    },
    /** The clock is said to be watched all the time, whatever the server tells. */
    WATCH_UNENDING {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.isOneOf("clockWatch") ? Long.valueOf(1) : call.unswept();
        }
    },
    /** The invalidation of a group is answered with the clock, which it does not move. */
    MARKER_NOT_MOVED {
        @Override
        @Nullable
        Object pass(Call call) {
            boolean moves = call.isOneOf("advance") && !((List<?>) call.arguments()[0]).isEmpty();
            return moves ? ((Generations) call.backend()).clock() : call.unswept();
        }
    },
    /** Groups were invalidated earlier than they were. */
    MARKER_MOVED_BACKWARDS {
        @Override
        @Nullable
        Object pass(Call call) {
            return switch (call.name()) {
                case "changesSince" -> call.<Changes>stage().thenApply(PlantedFault::earlier);
                case "stamps" ->
                    call.<List<Long>>stage().thenApply(stamps -> stamps.stream()
                            .map(stamp -> stamp == 0 ? stamp : earlier(stamp))
                            .toList());
                default -> call.unswept();
            };
        }
    },
    /** Whether a flight may be joined is not asked of the generations. */
    FLIGHT_JOINED_AFTER_INVALIDATION {
        @Override
        @Nullable
        Object pass(Call call) {
            return call.unswept();
        }

        @Override
        public CacheBackend plantedIn(CacheBackend backend) {
            return FaultyStores.wrap(backend, "isCurrent", true);
        }
    },
    /** No fault, see {@link TierFault}; so are the next two. */
    SLOW_COPIES(TierFault.SLOW_COPIES),
    LOST_MESSAGES(TierFault.LOST_MESSAGES),
    DEAF_NODES(TierFault.DEAF_NODES),
    COPIED_AFTER_DROP(TierFault.COPIED_AFTER_DROP),
    WRITTEN_AFTER_DROP(TierFault.WRITTEN_AFTER_DROP),
    DROPPED_ONCE(TierFault.DROPPED_ONCE),
    PUTS_UNTOLD(TierFault.PUTS_UNTOLD),
    GROUPS_UNTOLD(TierFault.GROUPS_UNTOLD),
    LEASE_IGNORED(TierFault.LEASE_IGNORED),
    FLUSH_IGNORED(TierFault.FLUSH_IGNORED);

    private static final long BACK = 1_000;

    private final TierFault tier;

    PlantedFault() {
        this(TierFault.NONE);
    }

    PlantedFault(TierFault tier) {
        this.tier = tier;
    }

    /** The fault of a local tier, which shows only where there is one. */
    public TierFault tier() {
        return tier;
    }

    /** What is asked of the backend, or answers in its place. */
    @Nullable
    Object pass(Call call) {
        return call.proceed();
    }

    public ByteBackend plantedIn(ByteBackend backend) {
        return this == NONE || tier != TierFault.NONE ? backend : FaultyBytes.wrap(backend, this::pass);
    }

    private static long earlier(long stamp) {
        return Stamp.of(Stamp.incarnation(stamp), Math.max(0, Stamp.seq(stamp) - BACK));
    }

    private static Changes earlier(Changes changes) {
        Map<ByteBuffer, Long> groups = changes.groups();
        if (groups == null) {
            return changes;
        }
        Map<ByteBuffer, Long> earlier = new HashMap<>();
        groups.forEach((group, stamp) -> earlier.put(group, earlier(stamp)));
        return new Changes(changes.clock(), changes.forked(), earlier);
    }

    public CacheBackend plantedIn(CacheBackend backend) {
        return backend;
    }

    private static byte @Nullable [] withoutLease(byte @Nullable [] value) {
        return value != null && Envelope.isLease(value) ? null : value;
    }

    private static boolean isEntry(byte[] value, long id) {
        return Envelope.isEnvelope(value) && ByteBuffer.wrap(value).getLong(Envelope.OFFSET_ENTRY_ID) == id;
    }
}
