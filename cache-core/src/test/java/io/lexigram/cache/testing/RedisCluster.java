package io.lexigram.cache.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis Cluster for tests: three primaries, each with a replica, on the loopback address. {@link #shared()} is one for the
 * whole JVM, whose nodes are left as they are; a test that changes them starts its own.
 */
public final class RedisCluster implements AutoCloseable {

    private static final int PRIMARIES = 3;
    private static final int NODES = 2 * PRIMARIES;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    /** After which a replica gives up a hand-over that got no votes. */
    private static final Duration ELECTION = Duration.ofSeconds(5);

    private static @Nullable RedisCluster shared;

    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisCluster(List<String> options) {
        List<String> all = new ArrayList<>(List.of(
                "--cluster-enabled", "yes", "--cluster-node-timeout", "5000", "--repl-diskless-sync-delay", "0"));
        all.addAll(options);
        for (int i = 0; i < NODES; i++) {
            nodes.add(RedisServer.startOnLoopback(ServerKind.REDIS, TestServers.freeClusterPort(), all));
        }
        form();
    }

    /** The one of this JVM, started by the first call. */
    public static synchronized RedisCluster shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /**
     * A new one for the caller alone.
     *
     * @param options of redis-server, for each node
     */
    public static RedisCluster start(String... options) {
        return new RedisCluster(List.of(options));
    }

    private void form() {
        for (int i = 0; i < PRIMARIES; i++) {
            int from = SLOTS * i / PRIMARIES;
            int to = SLOTS * (i + 1) / PRIMARIES;
            nodes.get(i)
                    .order("CLUSTER ADDSLOTS "
                            + IntStream.range(from, to)
                                    .mapToObj(String::valueOf)
                                    .collect(Collectors.joining(" ")));
            nodes.get(i).order("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
        }
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < i; j++) {
                nodes.get(i).order("CLUSTER MEET 127.0.0.1 " + nodes.get(j).port());
            }
        }
        until(node -> node.ask("CLUSTER INFO").contains("cluster_known_nodes:" + NODES));
        for (int i = 0; i < PRIMARIES; i++) {
            String primary = nodes.get(i).ask("CLUSTER MYID");
            RedisServer replica = nodes.get(PRIMARIES + i);
            await().ignoreExceptions().atMost(PATIENCE).until(() -> replica.ask("CLUSTER NODES")
                    .contains(primary));
            replica.order("CLUSTER REPLICATE " + primary);
        }
        until(RedisCluster::knowsAllReplicas);
        awaitHealth();
    }

    /** Waits until all nodes that run serve all slots, and all replicas follow. */
    public void awaitHealth() {
        until(node -> node.ask("CLUSTER INFO").contains("cluster_state:ok")
                && (isPrimary(node) || node.ask("INFO replication").contains("master_link_status:up")));
    }

    /** As long as a primary does not, it votes for none of them. */
    private static boolean knowsAllReplicas(RedisServer node) {
        return node.ask("CLUSTER NODES")
                        .lines()
                        .filter(line -> line.contains("slave"))
                        .count()
                == NODES - PRIMARIES;
    }

    private interface Condition {
        boolean isMetBy(RedisServer node);
    }

    private void until(Condition condition) {
        await().ignoreExceptions().atMost(PATIENCE).pollInterval(POLL).until(() -> running().stream()
                .allMatch(condition::isMetBy));
    }

    private List<RedisServer> running() {
        return nodes.stream().filter(RedisServer::isRunning).toList();
    }

    private static boolean isPrimary(RedisServer node) {
        return node.ask("INFO replication").contains("role:master");
    }

    /** Some of the nodes, as {@code host:port}: enough to find the others. */
    public List<String> seeds() {
        return nodes.stream().map(node -> node.host() + ":" + node.port()).toList();
    }

    /** Those that are primaries at the moment. */
    public List<RedisServer> primaries() {
        return running().stream().filter(RedisCluster::isPrimary).toList();
    }

    /** The node that has a subscription to this channel, and none else. */
    public RedisServer subscribedTo(String channel) {
        return running().stream()
                .filter(node -> node.ask("EVAL \"return redis.call('PUBSUB','NUMSUB','" + channel + "')[2]\" 0")
                        .equals(":1"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody is subscribed to " + channel));
    }

    /** Lets a node hand nothing on to another one, which goes on reaching it; for a minute. */
    public void cutBus(RedisServer from, RedisServer to) {
        from.order("CLUSTER FORGET " + to.ask("CLUSTER MYID"));
    }

    /** The primary of the slot of a key. */
    public RedisServer primaryOf(String key) {
        int slot = slotOf(key);
        return primaries().stream()
                .filter(node -> hasSlot(node, slot))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No primary has slot " + slot));
    }

    private static boolean hasSlot(RedisServer node, int slot) {
        String own = node.ask("CLUSTER NODES")
                .lines()
                .filter(line -> line.contains("myself"))
                .findFirst()
                .orElseThrow();
        Matcher ranges = Pattern.compile(" (\\d+)(?:-(\\d+))?(?= |$)")
                .matcher(own.substring(own.indexOf(" connected") + " connected".length()));
        while (ranges.find()) {
            int from = Integer.parseInt(ranges.group(1));
            int to = ranges.group(2) == null ? from : Integer.parseInt(ranges.group(2));
            if (from <= slot && slot <= to) {
                return true;
            }
        }
        return false;
    }

    /** A replica that follows this primary. */
    public RedisServer replicaOf(RedisServer primary) {
        return running().stream()
                .filter(node -> node.ask("INFO replication").contains("master_port:" + primary.port()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody follows " + primary));
    }

    /** Lets the replica of a primary take its place without losing a write; waits until it has. */
    public void handOver(RedisServer primary) {
        RedisServer replica = replicaOf(primary);
        await().ignoreExceptions()
                .atMost(PATIENCE)
                .pollInterval(ELECTION)
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    replica.order("CLUSTER FAILOVER");
                    await().atMost(ELECTION).pollInterval(POLL).until(() -> isPrimary(replica) && !isPrimary(primary));
                    return true;
                });
    }

    /** Moves the slot of a key, in which there is no other, from one primary to another. */
    public void moveSlotOf(String key, RedisServer from, RedisServer to) {
        beginMove(key, from, to);
        moveKey(key, from, to);
        int slot = slotOf(key);
        String target = to.ask("CLUSTER MYID");
        to.order("CLUSTER SETSLOT " + slot + " NODE " + target);
        from.order("CLUSTER SETSLOT " + slot + " NODE " + target);
    }

    /** Puts the slot of a key on its way to another primary, with no key gone yet. */
    public void beginMove(String key, RedisServer from, RedisServer to) {
        int slot = slotOf(key);
        to.order("CLUSTER SETSLOT " + slot + " IMPORTING " + from.ask("CLUSTER MYID"));
        from.order("CLUSTER SETSLOT " + slot + " MIGRATING " + to.ask("CLUSTER MYID"));
    }

    /** Moves a key whose slot is on its way to another primary, and leaves it there. */
    public void moveKey(String key, RedisServer from, RedisServer to) {
        from.order("MIGRATE 127.0.0.1 " + to.port() + " " + key + " 0 5000");
    }

    /**
     * Moves each slot that has keys with this prefix to another primary, while clients go on reading and writing them.
     *
     * @param pause between two slots
     * @return how many slots were moved
     */
    public int moveSlotsWithKeys(String prefix, Duration pause) {
        int moved = 0;
        List<RedisServer> primaries = primaries();
        for (int i = 0; i < primaries.size(); i++) {
            RedisServer from = primaries.get(i);
            Set<Integer> slots = new TreeSet<>();
            keys(from, prefix).forEach(key -> slots.add(slotOf(key)));
            for (int slot : slots) {
                move(slot, prefix, from, primaries.get((i + 1) % primaries.size()));
                moved++;
                LockSupport.parkNanos(pause.toNanos());
            }
        }
        return moved;
    }

    /** As the tools of Redis do: what is not there yet is written to the new primary from the beginning on. */
    private void move(int slot, String prefix, RedisServer from, RedisServer to) {
        to.order("CLUSTER SETSLOT " + slot + " IMPORTING " + from.ask("CLUSTER MYID"));
        from.order("CLUSTER SETSLOT " + slot + " MIGRATING " + to.ask("CLUSTER MYID"));
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL).until(() -> {
            keys(from, prefix).stream()
                    .filter(key -> slotOf(key) == slot)
                    .forEach(key -> from.ask("MIGRATE 127.0.0.1 " + to.port() + " " + key + " 0 5000"));
            return from.ask("CLUSTER COUNTKEYSINSLOT " + slot).equals(":0");
        });
        String target = to.ask("CLUSTER MYID");
        to.order("CLUSTER SETSLOT " + slot + " NODE " + target);
        from.order("CLUSTER SETSLOT " + slot + " NODE " + target);
    }

    private static List<String> keys(RedisServer primary, String prefix) {
        String names = primary.ask("EVAL \"return table.concat(redis.call('KEYS',ARGV[1]),' ')\" 0 *" + prefix + "*");
        return names.isEmpty() ? List.of() : List.of(names.split(" "));
    }

    /** Whether no other key is in the slot of this one. */
    public boolean isAlone(String key) {
        return primaryOf(key).ask("CLUSTER COUNTKEYSINSLOT " + slotOf(key)).equals(":1");
    }

    private int slotOf(String key) {
        return Integer.parseInt(running().get(0).ask("CLUSTER KEYSLOT " + key).substring(1));
    }

    /** Lets the nodes notice after a second, and not after five, that one of them is silent. */
    public void noticeSoon() {
        running().forEach(node -> node.order("CONFIG SET cluster-node-timeout 1000"));
    }

    /** Kills a primary and waits until its replica has taken its place. */
    public void kill(RedisServer primary) {
        RedisServer replica = replicaOf(primary);
        noticeSoon();
        primary.stop();
        await().ignoreExceptions().atMost(PATIENCE).until(() -> isPrimary(replica));
        awaitHealth();
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }

    @Override
    public String toString() {
        return "cluster " + seeds();
    }
}
