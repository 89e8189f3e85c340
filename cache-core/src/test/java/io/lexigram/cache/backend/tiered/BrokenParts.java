package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.SharedLoads;
import io.lexigram.cache.spi.TimeSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;

/** The parts of one tier that has a fault. */
final class BrokenParts extends Parts {

    /** What a thread is about in a tiered store. */
    enum Doing {
        OTHERWISE,
        /** The shared tier has just removed a key. */
        REMOVED,
        /** A written entry was just copied. */
        WRITTEN
    }

    private final TierFault fault;
    private final ThreadLocal<Doing> doing = ThreadLocal.withInitial(() -> Doing.OTHERWISE);

    BrokenParts(TierFault fault) {
        this.fault = fault;
    }

    TieredBackend.Builder tier(CacheBackend local, CacheBackend shared) {
        return TieredBackend.builder(local, watched(shared, CacheBackend.class)).parts(this);
    }

    TierFault fault() {
        return fault;
    }

    Doing doing() {
        return doing.get();
    }

    void doing(Doing next) {
        doing.set(next);
    }

    @Override
    Drops drops(int maxTags) {
        return fault != TierFault.FLUSH_IGNORED
                ? super.drops(maxTags)
                : new Drops(maxTags) {
                    @Override
                    void flush() {}
                };
    }

    @Override
    Copies copies(
            String namespace, EntryStore held, Drops drops, Coherence coherence, TimeSource time, double lifeShare) {
        return new BrokenCopies(this, namespace, held, drops, coherence, time, lifeShare);
    }

    @Override
    Coherence coherence(Coherence sound) {
        return new Coherence() {
            @Override
            public void start() {
                sound.start();
            }

            @Override
            public boolean isProven(long nowNanos) {
                return fault == TierFault.LEASE_IGNORED || sound.isProven(nowNanos);
            }

            @Override
            public long provenUntilNanos() {
                return sound.provenUntilNanos();
            }

            @Override
            public boolean isUnconfirmedServed(long nowNanos) {
                return sound.isUnconfirmedServed(nowNanos);
            }

            @Override
            public long longestLifeNanos() {
                return sound.longestLifeNanos();
            }

            @Override
            public void changed(String namespace, Collection<String> keys) {
                if (fault != TierFault.PUTS_UNTOLD || doing() != Doing.WRITTEN) {
                    sound.changed(namespace, keys);
                }
            }

            @Override
            public void invalidated(Group group) {
                if (fault != TierFault.GROUPS_UNTOLD) {
                    sound.invalidated(group);
                }
            }

            @Override
            public void close() {
                sound.close();
            }
        };
    }

    private <T> T watched(T target, Class<T> type, Class<?>... others) {
        Class<?>[] types = new Class<?>[others.length + 1];
        types[0] = type;
        System.arraycopy(others, 0, types, 1, others.length);
        return type.cast(Proxy.newProxyInstance(BrokenParts.class.getClassLoader(), types, (p, method, arguments) -> {
            try {
                Object answer = method.invoke(target, arguments);
                if (method.getName().equals("remove")) {
                    doing(Doing.REMOVED);
                }
                if (answer instanceof EntryStore store && store instanceof SharedLoads) {
                    return watched(store, EntryStore.class, SharedLoads.class);
                }
                return answer instanceof ChannelTransport.Source source ? deaf(source) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private Object deaf(ChannelTransport.Source source) {
        return fault.losesMessages() || fault.isDeaf()
                ? (ChannelTransport.Source) () -> new DeafTransport(source.channelTransport(), fault)
                : source;
    }
}
