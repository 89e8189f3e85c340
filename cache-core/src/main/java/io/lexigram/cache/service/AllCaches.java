package io.lexigram.cache.service;

import io.lexigram.cache.BackendInfo;
import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheInvalidationException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheMetrics;
import io.lexigram.cache.CacheStats;
import io.lexigram.cache.event.CacheEvent.Invalidated;
import io.lexigram.cache.invalidate.Glob;
import io.lexigram.cache.invalidate.Undelivered.Delivery;
import io.lexigram.cache.invalidate.Undelivered.Kind;
import io.lexigram.cache.invalidate.Undelivered.Scope;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations that concern every cache, on one backend or on all of them. They throw on a fault. */
final class AllCaches {

    private final Directory directory;
    private final @Nullable String backend;

    AllCaches(Directory directory, @Nullable String backend) {
        this.directory = directory;
        this.backend = backend;
    }

    long invalidateTags(Set<String> tags) {
        tags.forEach(directory.engine().tagsOfAllCaches()::invalidate);
        regions().forEach(region -> region.flights().awaitFills());
        return onEach(
                Invalidated.Scope.TAG,
                tags,
                b -> tags.stream().mapToLong(b::removeTagged).sum(),
                tags.stream()
                        .map(tag -> new Scope(Kind.TAG_EVERYWHERE, "", tag))
                        .toList(),
                null);
    }

    long deletePattern(String pattern) {
        Glob glob = Glob.of(pattern);
        revoke(glob);
        try {
            return onEach(
                    Invalidated.Scope.PATTERN,
                    Set.of(pattern),
                    b -> b.removeMatching(glob),
                    List.of(new Scope(Kind.PATTERN_EVERYWHERE, "", pattern)),
                    glob);
        } finally {
            revoke(glob);
        }
    }

    private void revoke(Glob glob) {
        regions()
                .forEach(region ->
                        region.revoke(key -> glob.test(region.keyOf(key).fullKey())));
    }

    long deleteNamespace(String namespace) {
        CacheKey.of("*").in(namespace);
        String stored = Directory.namespaceOf(namespace);
        Runnable revoke = () -> regions()
                .filter(region -> region.displayName().equals(namespace))
                .forEach(region -> region.revoke(key -> true));
        revoke.run();
        try {
            return onEach(
                    Invalidated.Scope.NAMESPACE,
                    Set.of(namespace),
                    b -> b.removeNamespace(stored),
                    List.of(Scope.namespace(stored)),
                    null);
        } finally {
            revoke.run();
        }
    }

    long clear() {
        regions().forEach(region -> region.revoke(key -> true));
        try {
            return onEach(Invalidated.Scope.ALL, Set.of(), CacheBackend::clear, List.of(Scope.all()), null);
        } finally {
            regions().forEach(region -> region.revoke(key -> true));
        }
    }

    Stream<CacheKey> keys(String pattern) {
        Glob glob = Glob.of(pattern);
        return directory.backends(backend).entrySet().stream()
                .map(entry -> KeyStreams.watched(entry.getValue().keys(glob), fault -> {
                    throw fault.at(entry.getKey(), null, null);
                }))
                .reduce(Stream.empty(), Stream::concat);
    }

    CacheStats stats() {
        Counters sum = new Counters();
        regions().forEach(region -> sum.add(region.counters()));
        List<EntryStore.Contents> contents = regions().map(Region::contents).toList();
        return sum.stats(new EntryStore.Contents(
                total(contents.stream().map(EntryStore.Contents::entries).toList()),
                total(contents.stream().map(EntryStore.Contents::memoryBytes).toList()),
                contents.stream()
                        .map(EntryStore.Contents::oldestMillis)
                        .filter(Objects::nonNull)
                        .min(Long::compare)
                        .orElse(null),
                contents.stream()
                        .map(EntryStore.Contents::newestMillis)
                        .filter(Objects::nonNull)
                        .max(Long::compare)
                        .orElse(null)));
    }

    /** The sum, or null where a part is unknown. */
    private static @Nullable Long total(List<@Nullable Long> parts) {
        long sum = 0;
        for (Long part : parts) {
            if (part == null) {
                return null;
            }
            sum += part;
        }
        return sum;
    }

    CacheMetrics metrics() {
        Counters sum = new Counters();
        regions().forEach(region -> sum.add(region.counters()));
        return new CacheMetrics(
                sum.hits.sum(),
                sum.misses.sum(),
                sum.puts.sum(),
                sum.deletes.sum(),
                sum.errors.sum(),
                sum.operations(),
                directory.engine().redelivery().pending(),
                Duration.ofNanos(sum.remoteNanos.sum()));
    }

    void resetMetrics() {
        regions().forEach(region -> region.counters().reset());
    }

    long cleanupExpired() {
        return regions().mapToLong(Region::cleanupExpired).sum();
    }

    Map<String, BackendInfo> backends() {
        Map<String, BackendInfo> infos = new LinkedHashMap<>();
        directory.backends(backend).forEach((name, b) -> {
            List<EntryStore.Contents> contents =
                    directory.regions().on(name).map(Region::contents).toList();
            infos.put(
                    name,
                    new BackendInfo(
                            name,
                            b.type(),
                            name.equals(directory.defaultBackend()),
                            directory.breakers().stateOf(name),
                            total(contents.stream()
                                    .map(EntryStore.Contents::entries)
                                    .toList()),
                            total(contents.stream()
                                    .map(EntryStore.Contents::memoryBytes)
                                    .toList())));
        });
        return Collections.unmodifiableMap(infos);
    }

    CacheHealth healthCheck(Duration timeout) {
        return HealthCheck.of(directory.backends(backend), timeout, directory.engine());
    }

    private Stream<Region> regions() {
        return backend == null
                ? directory.regions().all().stream()
                : directory.regions().on(backend);
    }

    /** Every backend gets its turn, whatever another one answers. */
    private long onEach(
            Invalidated.Scope what,
            Set<String> names,
            ToLongFunction<CacheBackend> operation,
            List<Scope> scopes,
            @Nullable Glob glob) {
        long sum = 0;
        CacheException fault = null;
        boolean pending = false;
        for (Map.Entry<String, CacheBackend> entry : directory.backends(backend).entrySet()) {
            CacheBackend told = entry.getValue();
            Delivery delivery = texts -> {
                long unused = operation.applyAsLong(told);
            };
            directory.engine().redelivery().note(entry.getKey(), scopes, glob, delivery, told);
            try {
                sum += operation.applyAsLong(told);
            } catch (CacheException e) {
                e.at(entry.getKey(), null, null);
                RegionReport.failedEverywhere(directory.engine().events(), e);
                if (e instanceof CacheBackendException && !told.isLocal()) {
                    directory.engine().redelivery().keep(entry.getKey(), scopes, glob, delivery, told);
                    pending = true;
                }
                fault = fault == null ? e : fault;
            }
        }
        RegionReport.invalidatedEverywhere(directory.engine().events(), what, names);
        if (fault != null) {
            if (pending) {
                throw CacheInvalidationException.pending(Set.of(), fault).at(fault.backend(), null, null);
            }
            throw new CacheInvalidationException(
                    "Invalidating " + what.name().toLowerCase(Locale.ROOT) + " " + names + " failed on backend '"
                            + fault.backend() + "'",
                    Set.of(),
                    null,
                    null,
                    fault);
        }
        return sum;
    }
}
