package io.lexigram.cache.history;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The source that the caches are caches of: a version per key that only grows, kept beside them in Redis and reached by a
 * client of its own. It also lets processes begin together.
 */
final class Truth implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final RedisClient client;
    private final RedisCommands<String, String> commands;
    private final String prefix;

    Truth(String redis, String run) {
        this.client = RedisClient.create(redis);
        this.commands = client.connect().sync();
        this.commands.setTimeout(Duration.ofSeconds(2 * PATIENCE_SECONDS));
        this.prefix = "truth-" + run + ":";
    }

    long read(Place place) {
        String version = commands.get(prefix + place);
        return version == null ? 0 : Long.parseLong(version);
    }

    /** The next version; it can be read once this returns. */
    long write(Place place) {
        return commands.incr(prefix + place);
    }

    void countLoad() {
        commands.incr(prefix + "loads");
    }

    /** The loads of all processes. */
    long loads() {
        String number = commands.get(prefix + "loads");
        return number == null ? 0 : Long.parseLong(number);
    }

    /** Says that this process is ready, and waits until all may begin. */
    void awaitStart() {
        commands.rpush(prefix + "ready", "1");
        if (commands.blpop(PATIENCE_SECONDS, prefix + "start") == null) {
            throw new IllegalStateException("Nobody started this process within " + PATIENCE_SECONDS + " s");
        }
    }

    /** Waits until so many processes are ready, and lets them begin. @return false when one did not get ready in time */
    boolean start(int processes) {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (int ready = 0; ready < processes; ready++) {
            if (System.nanoTime() > giveUpAt || commands.blpop(PATIENCE_SECONDS, prefix + "ready") == null) {
                return false;
            }
        }
        for (int process = 0; process < processes; process++) {
            commands.rpush(prefix + "start", "1");
        }
        return true;
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
