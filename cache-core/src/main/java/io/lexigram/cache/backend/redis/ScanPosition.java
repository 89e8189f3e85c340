package io.lexigram.cache.backend.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lexigram.cache.CacheBackendException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where a scan of all keys has got to. A cursor means something only to the server that gave it, so the scan begins anew with
 * another connection, and in a cluster where slots have changed their place.
 *
 * @param link null before the first page
 * @param slots who had which slots when it began; null for a server
 * @param route the nodes that are left, the first one half read; for a server one without a name
 * @param beginnings how often it has begun
 */
record ScanPosition(
        @Nullable Link link, @Nullable SlotMap slots, List<String> route, ScanCursor cursor, int beginnings) {

    static final ScanPosition START = new ScanPosition(null, null, List.of(), ScanCursor.INITIAL, 0);

    private static final int MOST_BEGINNINGS = 10;
    private static final List<String> SERVER = List.of("");

    /** Some keys, and where to go on. */
    record Page(List<byte[]> keys, ScanPosition next) {}

    boolean isFinished() {
        return link != null && route.isEmpty();
    }

    CompletionStage<Page> read(Link current, ScanArgs args) {
        return link == current
                ? readOn(current, args)
                : begin(current).thenCompose(begun -> begun.readOn(current, args));
    }

    private CompletionStage<ScanPosition> begin(Link current) {
        ClusterNodes nodes = current.nodes();
        return nodes == null
                ? begin(current, null, SERVER)
                : slots(nodes).thenCompose(found -> begin(current, found, found.route()));
    }

    private CompletionStage<ScanPosition> begin(Link current, @Nullable SlotMap found, List<String> nodes) {
        if (beginnings == MOST_BEGINNINGS) {
            return CompletableFuture.failedFuture(new CacheBackendException("Keys could not be listed: connections were"
                    + " lost, or slots of the cluster moved, " + MOST_BEGINNINGS + " times in a row"));
        }
        return CompletableFuture.completedFuture(
                new ScanPosition(current, found, nodes, ScanCursor.INITIAL, beginnings + 1));
    }

    /** The map of all slots; where the client's is outdated it is asked for anew. */
    private static CompletionStage<SlotMap> slots(ClusterNodes nodes) {
        return SlotMap.of(nodes)
                .thenCompose(found -> found.isComplete()
                        ? CompletableFuture.completedFuture(found)
                        : nodes.refresh().thenCompose(done -> SlotMap.of(nodes)))
                .thenCompose(
                        found -> found.isComplete()
                                ? CompletableFuture.completedFuture(found)
                                : CompletableFuture.failedFuture(
                                        new CacheBackendException(
                                                "Keys cannot be listed: the primaries of the cluster that are known do not have all slots")));
    }

    private CompletionStage<Page> readOn(Link current, ScanArgs args) {
        ClusterNodes nodes = current.nodes();
        CompletionStage<KeyScanCursor<byte[]>> page = nodes == null
                ? current.commands().scan(cursor, args)
                : nodes.connect(route.get(0)).thenCompose(node -> node.async().scan(cursor, args));
        return page.thenCompose(read -> after(read, nodes).thenApply(next -> new Page(read.getKeys(), next)));
    }

    private CompletionStage<ScanPosition> after(KeyScanCursor<byte[]> read, @Nullable ClusterNodes nodes) {
        boolean finished = read.isFinished();
        ScanPosition next = new ScanPosition(
                link,
                slots,
                finished ? route.subList(1, route.size()) : route,
                finished ? ScanCursor.INITIAL : read,
                beginnings);
        return nodes == null || !next.isFinished()
                ? CompletableFuture.completedFuture(next)
                : slots(nodes)
                        .thenCompose(now -> now.equals(slots)
                                ? CompletableFuture.completedFuture(next)
                                : next.begin(next.someLink(), now, now.route()));
    }

    private Link someLink() {
        if (link == null) {
            throw new IllegalStateException("The scan has not begun");
        }
        return link;
    }
}
