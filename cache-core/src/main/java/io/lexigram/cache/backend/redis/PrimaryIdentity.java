package io.lexigram.cache.backend.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Which process a server is, and which history of writes it continues. Where neither has changed, nothing is lost.
 *
 * @param process other with each start
 * @param history other with each promotion
 * @param uptimeSeconds since the start; -1 where it is not known
 */
record PrimaryIdentity(Object process, String history, boolean isPrimary, long uptimeSeconds) {

    /** Asks a server. */
    static CompletionStage<PrimaryIdentity> of(RedisClusterAsyncCommands<byte[], byte[]> server) {
        CompletionStage<String> process = server.info("server");
        return process.thenCombine(server.info("replication"), PrimaryIdentity::read);
    }

    /** Of a server that does not tell. */
    static PrimaryIdentity unknown(Object process) {
        return new PrimaryIdentity(process, "", true, -1);
    }

    static PrimaryIdentity read(String server, String replication) {
        String uptime = value(server, "uptime_in_seconds");
        return new PrimaryIdentity(
                value(server, "run_id"),
                value(replication, "master_replid"),
                value(replication, "role").equals("master"),
                uptime.isEmpty() ? -1 : Long.parseLong(uptime));
    }

    /** The value of a line {@code name:value}; empty where there is none. */
    private static String value(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    boolean isSame(PrimaryIdentity other) {
        return isSameProcess(other) && history.equals(other.history);
    }

    boolean isSameProcess(PrimaryIdentity other) {
        return process.equals(other.process);
    }

    /**
     * Whether the process may have begun so recently, so that what it has comes from a copy or from another server. A server
     * counts the seconds of its clock that have begun: it may be almost a second younger than it says.
     */
    boolean hasStartedWithin(long nanos) {
        return uptimeSeconds >= 0 && TimeUnit.SECONDS.toNanos(uptimeSeconds - 1) < nanos;
    }
}
