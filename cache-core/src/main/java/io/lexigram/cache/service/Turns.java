package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.load.Fence;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.spi.Claim;
import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.SharedLoads;
import io.lexigram.cache.spi.SharedLoads.GrantListener;
import io.lexigram.cache.spi.StoredEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides who loads a missing key: one caller in this process and, where processes share their loads, one in all of them.
 *
 * <p>Where they share them, the store is asked before a flight of this process may be joined: it alone knows whether another
 * process has invalidated the key since that flight began.
 */
final class Turns {

    private final Region region;
    private final boolean enabled;

    Turns(Region region) {
        this.region = region;
        this.enabled = region.engine().protection().enabled();
    }

    /** The turn of a caller; the thread is null where the load blocks none. */
    Turn next(LoadRequest<?> request, @Nullable Thread caller) {
        SharedLoads shared = region.sharedLoads();
        if (region.invalidations().isAwaited(request.key())) {
            return local(request.unreadable(), caller);
        }
        if (shared == null || !request.readable()) {
            return local(request, caller);
        }
        StoredEntry copy = request.options().isRead() ? region.copies().find(request.key(), request.type()) : null;
        if (copy != null) {
            return new Turn.Hit(copy);
        }
        if (!request.options().isWritten()) {
            StoredEntry present = request.options().isRead() ? region.peek(request.key(), request.type()) : null;
            return present == null ? new Turn.Alone() : new Turn.Hit(present);
        }
        return shared(shared, request, caller);
    }

    /** The turn of somebody who replaces a value before its end; null where there is a newer one or somebody else does it. */
    Turn.@Nullable Lead refresh(LoadRequest<?> request, StoredEntry present, @Nullable Thread caller) {
        SharedLoads shared = region.sharedLoads();
        if (shared == null) {
            Flight ticket = region.flights().ticket(request.key(), request.type(), caller);
            if (region.flights().joinOrLead(request.key(), ticket) != ticket) {
                return null;
            }
            if (isReplaced(request, present)) {
                ticket.abandon();
                region.flights().close(ticket);
                return null;
            }
            return new Turn.Lead(ticket, null, present);
        }
        Ticket ticket = new Ticket(request, caller);
        try {
            Claim claim =
                    region.call(request.key(), () -> shared.claimAnew(request.key(), request.type(), present, ticket));
            return claim instanceof Claim.Granted granted ? ticket.lead(granted.lease(), granted.stale()) : null;
        } catch (RuntimeException e) {
            ticket.withdraw();
            throw e;
        }
    }

    /** As {@link #refresh}; a fault is no reason to refresh. */
    Turn.@Nullable Lead refreshOrNull(LoadRequest<?> request, StoredEntry present, @Nullable Thread caller) {
        try {
            return refresh(request, present, caller);
        } catch (CacheException e) {
            region.faults().fault("refreshing a value", e);
            return null;
        }
    }

    private boolean isReplaced(LoadRequest<?> request, StoredEntry present) {
        StoredEntry now = region.peek(request.key(), request.type());
        return now == null || now.createdAtMillis() != present.createdAtMillis();
    }

    private boolean isProtected(LoadRequest<?> request) {
        return enabled && request.options().isProtected();
    }

    private Turn local(LoadRequest<?> request, @Nullable Thread caller) {
        StoredEntry before = kept(request);
        if (!isProtected(request) || !request.options().isRead()) {
            return new Turn.Lead(region.flights().reserve(request.key()), null, before);
        }
        Flight ticket = region.flights().ticket(request.key(), request.type(), caller);
        Flight flight = region.flights().joinOrLead(request.key(), ticket);
        if (flight != ticket) {
            return joining(flight, request, before);
        }
        StoredEntry present = secondLook(request);
        if (present == null || region.isStale(present)) {
            return new Turn.Lead(flight, null, request.readable() ? present : before);
        }
        flight.complete(present.value());
        region.flights().close(flight);
        return new Turn.Hit(present);
    }

    /** What may stand in where a load that is led by somebody else takes long. */
    private @Nullable StoredEntry kept(LoadRequest<?> request) {
        if (request.policy().failSafe() == null) {
            return null;
        }
        StoredEntry entry =
                request.readable() ? secondLook(request) : region.copies().lastResort(request.key(), request.type());
        return entry != null && region.isStale(entry) ? entry : null;
    }

    /** What another load stored since this caller's miss, or what is past its lifetime; null where the backend cannot tell. */
    private @Nullable StoredEntry secondLook(LoadRequest<?> request) {
        if (!request.readable()) {
            return null;
        }
        try {
            return region.readAny(request.key(), request.type());
        } catch (CacheException e) {
            region.faults().fault("reading before a load", e);
            return null;
        }
    }

    /** Callers of another type cannot share what the flight comes to. */
    private Turn joining(Flight flight, LoadRequest<?> request, @Nullable StoredEntry stale) {
        return flight.type().equals(request.type())
                ? new Turn.Join(flight, stale)
                : new Turn.Lead(region.flights().reserve(request.key()), null, stale);
    }

    private Turn shared(SharedLoads shared, LoadRequest<?> request, @Nullable Thread caller) {
        CacheKey.of(request.key());
        Ticket ticket = new Ticket(request, caller);
        try {
            Claim claim = region.call(request.key(), () -> claim(shared, request, ticket));
            return turn(shared, claim, request, ticket);
        } catch (RuntimeException e) {
            ticket.withdraw();
            throw e;
        }
    }

    private static Claim claim(SharedLoads shared, LoadRequest<?> request, Ticket ticket) {
        Claim claim = shared.claim(request.key(), request.type(), ticket);
        return claim instanceof Claim.Found found && !request.options().isRead()
                ? shared.claimAnew(request.key(), request.type(), found.entry(), ticket)
                : claim;
    }

    private Turn turn(SharedLoads shared, Claim claim, LoadRequest<?> request, Ticket ticket) {
        if (claim instanceof Claim.Found found) {
            return new Turn.Hit(found.entry());
        }
        if (claim instanceof Claim.Granted granted) {
            return ticket.lead(granted.lease(), granted.stale());
        }
        if (claim instanceof Claim.Busy busy
                && isProtected(request)
                && request.options().isRead()) {
            return busy(shared, busy, request, ticket);
        }
        return new Turn.Alone();
    }

    private Turn busy(SharedLoads shared, Claim.Busy busy, LoadRequest<?> request, Ticket ticket) {
        Flight flight = region.flights().ofLease(request.key(), busy.token());
        if (flight == null) {
            Flight own = region.flights().ticket(request.key(), request.type(), ticket.caller, busy.token());
            flight = region.flights().joinOrWatch(own);
            if (flight == own) {
                return new Turn.Watch(own, busy.stale());
            }
        }
        if (!isCurrent(shared, flight)) {
            Claim taken =
                    region.call(request.key(), () -> shared.takeOver(request.key(), request.type(), busy, ticket));
            return turn(shared, taken, request, ticket);
        }
        return flight.type().equals(request.type()) ? new Turn.Join(flight, busy.stale()) : new Turn.Alone();
    }

    /** Whether the value of the flight may be shared with a caller who comes now. */
    private boolean isCurrent(SharedLoads shared, Flight flight) {
        long stamp = flight.sharedStamp();
        return region.flights().isQuiet(flight) && (stamp == 0 || shared.isCurrent(stamp));
    }

    /** The turns of a caller of many keys, asked for in one trip and counted as hits and misses. */
    Map<String, Turn> nextOfMany(Map<String, LoadRequest<?>> requests, TypeRef<?> type, Thread caller) {
        SharedLoads shared = region.sharedLoads();
        Map<String, LoadRequest<?>> readable = new LinkedHashMap<>();
        Map<String, Turn> all = new LinkedHashMap<>();
        requests.forEach((key, request) -> {
            if (region.invalidations().isAwaited(key)) {
                all.put(key, new Turn.Alone());
            } else {
                readable.put(key, request);
            }
        });
        all.putAll(shared == null ? localOfMany(readable, type, caller) : sharedOfMany(shared, readable, type, caller));
        return all;
    }

    private Map<String, Turn> localOfMany(Map<String, LoadRequest<?>> requests, TypeRef<?> type, Thread caller) {
        Map<String, Turn> all = new LinkedHashMap<>();
        region.findMany(requests.keySet(), type).forEach((key, entry) -> all.put(key, new Turn.Hit(entry)));
        Map<String, Fence> led = new LinkedHashMap<>();
        requests.forEach((key, request) -> {
            if (!all.containsKey(key)) {
                Fence fence = led(request, caller);
                if (fence == null) {
                    all.put(key, new Turn.Later());
                } else {
                    led.put(key, fence);
                }
            }
        });
        Map<String, StoredEntry> present = region.peekMany(led.keySet(), type);
        led.forEach((key, fence) -> {
            StoredEntry entry = present.get(key);
            if (entry == null) {
                all.put(key, new Turn.Lead(fence, null, null));
                return;
            }
            if (fence instanceof Flight flight) {
                flight.complete(entry.value());
            }
            region.flights().close(fence);
            all.put(key, new Turn.Hit(entry));
        });
        return all;
    }

    private @Nullable Fence led(LoadRequest<?> request, Thread caller) {
        if (!isProtected(request)) {
            return region.flights().reserve(request.key());
        }
        Flight ticket = region.flights().ticket(request.key(), request.type(), caller);
        return region.flights().joinOrLead(request.key(), ticket) == ticket ? ticket : null;
    }

    private Map<String, Turn> sharedOfMany(
            SharedLoads shared, Map<String, LoadRequest<?>> requests, TypeRef<?> type, Thread caller) {
        requests.keySet().forEach(CacheKey::of);
        Map<String, Ticket> tickets = new LinkedHashMap<>();
        Map<String, Turn> all = new LinkedHashMap<>();
        requests.forEach((key, request) -> {
            StoredEntry copy = request.options().isRead() ? region.copies().find(key, type) : null;
            if (copy == null) {
                tickets.put(key, new Ticket(request, caller));
            } else {
                region.hit(key, copy);
                all.put(key, new Turn.Hit(copy));
            }
        });
        if (tickets.isEmpty()) {
            return all;
        }
        GrantListener dealing =
                (key, token) -> Objects.requireNonNull(tickets.get(key)).granted(key, token);
        try {
            region.<Map<String, Claim>>call(null, () -> shared.claimMany(tickets.keySet(), type, dealing))
                    .forEach((key, claim) -> all.put(key, turnOfMany(key, claim, tickets)));
        } catch (RuntimeException e) {
            tickets.values().forEach(Ticket::withdraw);
            throw e;
        }
        return all;
    }

    private Turn turnOfMany(String key, Claim claim, Map<String, Ticket> tickets) {
        if (claim instanceof Claim.Found found) {
            region.hit(key, found.entry());
            return new Turn.Hit(found.entry());
        }
        region.missed(key);
        Ticket ticket = Objects.requireNonNull(tickets.get(key));
        if (claim instanceof Claim.Granted granted) {
            return ticket.lead(granted.lease(), granted.stale());
        }
        return claim instanceof Claim.Busy && isProtected(ticket.request) ? new Turn.Later() : new Turn.Alone();
    }

    /** Opens the fence of a lease the moment it is granted, so that no later caller finds the lease without it. */
    private final class Ticket implements GrantListener {

        private final LoadRequest<?> request;
        private final @Nullable Thread caller;
        private volatile @Nullable Fence fence;

        private Ticket(LoadRequest<?> request, @Nullable Thread caller) {
            this.request = request;
            this.caller = caller;
        }

        @Override
        public void granted(String key, long token) {
            fence = isProtected(request)
                    ? region.flights().lead(key, request.type(), caller, token)
                    : region.flights().reserve(key);
        }

        private Turn.Lead lead(Lease lease, @Nullable StoredEntry stale) {
            Fence opened = Objects.requireNonNull(fence);
            if (opened instanceof Flight flight) {
                flight.sharedStamp(lease.stamp());
            }
            return new Turn.Lead(opened, lease, stale);
        }

        /** The caller goes without what was granted. */
        private void withdraw() {
            Fence opened = fence;
            if (opened == null) {
                return;
            }
            if (opened instanceof Flight flight) {
                flight.abandon();
            }
            region.flights().close(opened);
        }
    }
}
