package io.lexigram.cache.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A primary, a replica and three Sentinels for tests, on the loopback address. {@link #shared()} is one for the whole JVM,
 * whose servers are left as they are; a test that changes them starts its own.
 */
public final class SentinelTrio implements AutoCloseable {

    /** The name by which the Sentinels know the primary. */
    public static final String MASTER = "main";

    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;
    private static final int ID_LENGTH = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static @Nullable SentinelTrio shared;

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    private SentinelTrio(List<String> options) {
        List<String> all = new ArrayList<>(List.of("--repl-diskless-sync-delay", "0"));
        all.addAll(options);
        for (int i = 0; i < 2; i++) {
            servers.add(RedisServer.startOnLoopback(ServerKind.REDIS, TestServers.freePort(), all));
        }
        RedisServer primary = servers.get(0);
        RedisServer replica = servers.get(1);
        replica.order("REPLICAOF 127.0.0.1 " + primary.port());
        awaitFollower(replica);
        startSentinels(primary, replica);
    }

    private static void awaitFollower(RedisServer replica) {
        await().ignoreExceptions().atMost(PATIENCE).until(() -> replica.ask("INFO replication")
                .contains("master_link_status:up"));
    }

    /** They are told of each other, which they would find out within some seconds. */
    private void startSentinels(RedisServer primary, RedisServer replica) {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < SENTINELS; i++) {
            ports.add(TestServers.freePort());
        }
        for (int i = 0; i < SENTINELS; i++) {
            List<String> lines = new ArrayList<>(List.of(
                    "sentinel myid " + id(i),
                    "sentinel monitor %s 127.0.0.1 %d %d".formatted(MASTER, primary.port(), QUORUM),
                    "sentinel down-after-milliseconds %s 10000".formatted(MASTER),
                    "sentinel failover-timeout %s 3000".formatted(MASTER),
                    "sentinel known-replica %s 127.0.0.1 %d".formatted(MASTER, replica.port())));
            for (int other = 0; other < SENTINELS; other++) {
                if (other != i) {
                    lines.add("sentinel known-sentinel %s 127.0.0.1 %d %s"
                            .formatted(MASTER, ports.get(other), id(other)));
                }
            }
            sentinels.add(RedisServer.startOnLoopback(ServerKind.SENTINEL, ports.get(i), lines));
        }
        await().ignoreExceptions().atMost(PATIENCE).until(() -> sentinels.stream()
                .allMatch(
                        sentinel -> sentinel.ask("SENTINEL CKQUORUM " + MASTER).startsWith("+OK")));
    }

    private static String id(int sentinel) {
        return String.valueOf((char) ('a' + sentinel)).repeat(ID_LENGTH);
    }

    /** The one of this JVM, started by the first call. */
    public static synchronized SentinelTrio shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /**
     * A new one for the caller alone.
     *
     * @param options of redis-server, for the primary and the replica
     */
    public static SentinelTrio start(String... options) {
        return new SentinelTrio(List.of(options));
    }

    /** The Sentinels, as {@code host:port}. */
    public List<String> sentinels() {
        return sentinels.stream()
                .map(sentinel -> sentinel.host() + ":" + sentinel.port())
                .toList();
    }

    /** The server that the Sentinels take for the primary. */
    public RedisServer primary() {
        String info = sentinels.get(0).ask("INFO sentinel");
        return servers.stream()
                .filter(server -> info.contains("address=127.0.0.1:" + server.port()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("None of " + servers + " is in " + info));
    }

    /** How many keys each of the servers has. */
    public String sizes() {
        return servers.stream()
                .map(server -> server + " (primary: " + isPrimary(server) + ") " + server.ask("DBSIZE"))
                .collect(Collectors.joining(", "));
    }

    private static boolean isPrimary(RedisServer server) {
        return server.ask("INFO replication").contains("role:master");
    }

    private RedisServer other(RedisServer server) {
        return servers.get(1 - servers.indexOf(server));
    }

    /**
     * Lets the Sentinels put the replica in the place of the primary, and waits until they say so. The one that was primary
     * takes writes for some seconds more, which are lost.
     */
    public void handOver() {
        RedisServer primary = primary();
        RedisServer replica = other(primary);
        await().ignoreExceptions().atMost(PATIENCE).until(() -> "+OK"
                .equals(sentinels.get(0).ask("SENTINEL FAILOVER " + MASTER)));
        awaitSwitchTo(replica);
    }

    /** From now on the Sentinels let nobody in but this user; the servers they watch stay as they are. */
    public void letInOnly(String user, String password) {
        for (RedisServer sentinel : sentinels) {
            sentinel.order("ACL SETUSER %s on >%s allcommands allchannels".formatted(user, password));
            sentinel.order("ACL SETUSER default off");
        }
    }

    /** Whether a client listens to what one of the Sentinels tells. */
    public boolean isListenedTo() {
        return sentinels.stream()
                .anyMatch(sentinel -> sentinel.ask("CLIENT LIST").contains(" sub=1 "));
    }

    /** Kills the primary and waits until the Sentinels have put the replica in its place. */
    public void kill() {
        RedisServer primary = primary();
        RedisServer replica = other(primary);
        sentinels.forEach(sentinel -> sentinel.order("SENTINEL SET " + MASTER + " down-after-milliseconds 1000"));
        primary.stop();
        awaitSwitchTo(replica);
    }

    private void awaitSwitchTo(RedisServer primary) {
        await().ignoreExceptions()
                .atMost(PATIENCE)
                .until(() -> isPrimary(primary)
                        && sentinels.stream().allMatch(sentinel -> sentinel.ask("INFO sentinel")
                                .contains("address=127.0.0.1:" + primary.port())));
    }

    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        servers.forEach(RedisServer::close);
    }

    @Override
    public String toString() {
        return "Sentinels " + sentinels();
    }
}
