package io.lexigram.cache.backend;

import io.lexigram.cache.invalidate.GenerationView;
import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.invalidate.Validity;
import io.lexigram.cache.spi.ByteBackend.Generations;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Freshness by the generations that all processes share which use a backend. */
final class GroupFreshness implements Freshness {

    private final Generations source;
    private final GenerationView generations;
    private final String namespace;
    private final Deadline deadline;

    GroupFreshness(Generations source, GenerationView generations, String namespace, Deadline deadline) {
        this.source = source;
        this.generations = generations;
        this.namespace = namespace;
        this.deadline = deadline;
    }

    @Override
    public CompletionStage<Long> now() {
        return generations.now();
    }

    @Override
    public boolean isUpToDate() {
        return generations.isUpToDate();
    }

    @Override
    public long known() {
        return generations.stamp();
    }

    @Override
    public boolean isFresh(long stamp, Set<String> tags) {
        Validity validity = generations.check(stamp, namespace, tags);
        return validity == Validity.UNKNOWN
                ? deadline.await(() -> generations.ask(stamp, namespace, tags))
                : validity == Validity.VALID;
    }

    @Override
    public CompletionStage<@Nullable Void> restamp(List<byte[]> keys, List<Long> entryIds, long stamp) {
        return source.restamp(keys, entryIds, stamp);
    }

    @Override
    public long invalidate(Group group) {
        return deadline.awaitPatiently(() -> generations.invalidate(List.of(group)));
    }

    @Override
    public boolean isQuiet(long stamp) {
        return generations.quietSince(stamp, namespace);
    }
}
