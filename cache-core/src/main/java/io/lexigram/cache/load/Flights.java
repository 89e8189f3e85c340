package io.lexigram.cache.load;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.invalidate.Groups;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The loads and reservations under way in one cache, by key.
 *
 * <p>Over the limit a load runs by itself and stores nothing. Nobody joins what an invalidation has hit: callers who
 * wait already get their value, later callers lead a load of their own. Nothing here does I/O but {@link #revoke}, which
 * may wait for a fill that another thread has under way.
 */
public final class Flights {

    private final ConcurrentHashMap<String, Fence> open = new ConcurrentHashMap<>();
    private final FlightLimit limit;
    private final Groups groups;

    public Flights(FlightLimit limit, Groups groups) {
        this.limit = limit;
        this.groups = groups;
    }

    /**
     * The flight of the key, led by another or, where there is none that may be joined, by the caller. The leader must
     * {@link #close} it.
     *
     * @param ticket identifies the caller: the flight is the caller's own when it is this very object
     */
    public Flight joinOrLead(String key, Flight ticket) {
        Flight joined = joinable(open.get(key));
        if (joined != null) {
            return joined;
        }
        return enter(ticket, this::joinable);
    }

    /** A ticket to lead with; the groups of what it loads are judged from now on. */
    public Flight ticket(String key, TypeRef<?> type, @Nullable Thread leader) {
        return new Flight(key, groups.stamp(), type, leader, 0);
    }

    /** Opens the flight of a lease, which cannot be joined but by its token. The leader must {@link #close} it. */
    public Flight lead(String key, TypeRef<?> type, @Nullable Thread leader, long token) {
        Flight flight = ticket(key, type, leader, token);
        if (admit(flight)) {
            open.compute(key, (k, chain) -> {
                flight.next = chain;
                return flight;
            });
        }
        return flight;
    }

    /** The flight of the lease of this token, or null. */
    public @Nullable Flight ofLease(String key, long token) {
        return ofLease(open.get(key), token);
    }

    /** A ticket to wait with for the lease of this token, on behalf of all callers. */
    public Flight ticket(String key, TypeRef<?> type, @Nullable Thread leader, long token) {
        return new Flight(key, groups.stamp(), type, leader, token);
    }

    /**
     * The flight of the lease of the ticket's token: that of somebody else or, where there is none, the caller's own, which
     * the caller must {@link #close}.
     */
    public Flight joinOrWatch(Flight ticket) {
        return enter(ticket, chain -> ofLease(chain, ticket.token()));
    }

    /** The flight of the chain that may be joined or, where there is none, the ticket, which is in the chain then. */
    private Flight enter(Flight ticket, Function<@Nullable Fence, @Nullable Flight> joinable) {
        if (!admit(ticket)) {
            return ticket;
        }
        Flight[] found = {ticket};
        open.compute(ticket.key(), (k, chain) -> {
            Flight other = joinable.apply(chain);
            if (other != null) {
                found[0] = other;
                return chain;
            }
            ticket.next = chain;
            return ticket;
        });
        if (found[0] != ticket) {
            dismiss(ticket);
        }
        return found[0];
    }

    private static @Nullable Flight ofLease(@Nullable Fence chain, long token) {
        for (Fence fence = chain; fence != null; fence = fence.next) {
            if (fence instanceof Flight flight
                    && flight.token() == token
                    && !flight.isRevoked()
                    && !flight.result().isCompletedExceptionally()) {
                return flight;
            }
        }
        return null;
    }

    /** A fence that nobody can join. The caller must {@link #close} it. */
    public Fence reserve(String key) {
        Fence fence = new Fence(key, groups.stamp());
        if (!admit(fence)) {
            return fence;
        }
        open.compute(key, (k, chain) -> {
            fence.next = chain;
            return fence;
        });
        return fence;
    }

    /** Whether no group was invalidated here since the flight was opened, whatever tags its value will carry. */
    public boolean isQuiet(Flight flight) {
        return groups.quietSince(flight.stamp());
    }

    /** Whether what the fence protects may be stored with these tags. */
    public boolean groupsValid(Fence fence, Iterable<String> tags) {
        return groups.validSince(fence.stamp(), tags);
    }

    /** Takes a fence out of the table. Exactly once for each flight led and each reservation. */
    public void close(Fence fence) {
        fence.cancel();
        open.computeIfPresent(fence.key(), (k, chain) -> unlink(chain, fence));
        dismiss(fence);
    }

    /**
     * Takes away the right of every load and reservation of the key, and waits for a fill under way. They stay in the table
     * until they are closed: another invalidation has to wait for the same fill.
     */
    public void revoke(String key) {
        revokeChain(open.get(key));
    }

    /** As {@link #revoke(String)}, for each key that passes. */
    public void revoke(Predicate<String> keys) {
        for (String key : open.keySet()) {
            if (keys.test(key)) {
                revoke(key);
            }
        }
    }

    /** Waits for the fills under way. What begins to fill later sees the groups as they are now. */
    public void awaitFills() {
        for (Fence chain : open.values()) {
            for (Fence fence = chain; fence != null; fence = fence.next) {
                fence.awaitFill();
            }
        }
    }

    private boolean admit(Fence fence) {
        fence.admitted = limit.tryAcquire();
        if (!fence.admitted) {
            fence.revoke();
        }
        return fence.admitted;
    }

    private void dismiss(Fence fence) {
        if (fence.admitted) {
            fence.admitted = false;
            limit.release();
        }
    }

    private static void revokeChain(@Nullable Fence chain) {
        for (Fence fence = chain; fence != null; fence = fence.next) {
            fence.revoke();
        }
    }

    private @Nullable Flight joinable(@Nullable Fence chain) {
        for (Fence fence = chain; fence != null; fence = fence.next) {
            if (fence instanceof Flight flight
                    && flight.token() == 0
                    && !flight.isRevoked()
                    && !flight.result().isCompletedExceptionally()
                    && groups.quietSince(flight.stamp())) {
                return flight;
            }
        }
        return null;
    }

    private static @Nullable Fence unlink(Fence chain, Fence fence) {
        if (chain == fence) {
            return fence.next;
        }
        for (Fence previous = chain; previous.next != null; previous = previous.next) {
            if (previous.next == fence) {
                previous.next = fence.next;
                break;
            }
        }
        return chain;
    }
}
