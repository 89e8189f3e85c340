package io.lexigram.cache.measure;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.channel.ChannelSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long another process goes on serving its copy of what this one puts:
 * {@code mvn -Pmeasure -pl cache-core test -Dlexigram.measure=CoherenceLag}. Prints a line with the channel healthy, and one
 * with all subscriptions killed each second.
 */
final class CoherenceLag implements AutoCloseable {

    static final String KEY = "key";

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int UPDATES = Integer.getInteger("lexigram.measure.updates", 1_000);
    private static final int WARM_UP = 200;

    /** Updates come at any moment between two heartbeats or kills. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final String HEADER =
            "| subscriptions | updates | after the call of put p50 / p99 / p99.9 / worst ms"
                    + " | after its return p50 / p99 / p99.9 / worst ms | kills | later than two heartbeats |\n|---|---|---|---|---|---|";

    private final RedisServer server = RedisServer.start();
    private final RedisClient client = RedisClient.create(server.getUri());
    private final RedisCommands<String, String> admin = client.connect().sync();
    private final CacheService service = service(server.getUri());
    private final Cache<String> cache = cache(service);
    private final Process process =
            TestJvm.running(CopyWatch.class, List.of(server.getUri())).start();
    private final BufferedReader answers = process.inputReader(StandardCharsets.US_ASCII);
    private final PrintWriter orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    private final SplittableRandom random = new SplittableRandom(1);
    private int value;
    private final AtomicLong kills = new AtomicLong();

    private CoherenceLag() throws Exception {
        RealTime.give(serverPid());
        RealTime.give(process.pid());
        RealTime.give(ProcessHandle.current().pid());
    }

    private long serverPid() {
        return admin.info("server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> Long.valueOf(line.substring("process_id:".length()).trim()))
                .findFirst()
                .orElseThrow();
    }

    public static void main(String[] arguments) throws Exception {
        try (CoherenceLag lag = new CoherenceLag()) {
            lag.updates("warm-up", WARM_UP);
            print(HEADER);
            print(lag.updates("healthy", UPDATES));
            ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
            killer.scheduleAtFixedRate(lag::kill, 1, 1, TimeUnit.SECONDS);
            print(lag.updates("killed each second", UPDATES));
            killer.shutdownNow();
        }
        System.exit(0);
    }

    private void kill() {
        kills.addAndGet(admin.clientKill(KillArgs.Builder.typePubsub()));
    }

    private String updates(String what, int updates) throws IOException {
        long[] sinceCall = new long[updates];
        long[] sinceReturn = new long[updates];
        int late = 0;
        for (int i = 0; i < updates; i++) {
            cache.put(KEY, "value " + value);
            orders.println("value " + value);
            answer(CopyWatch.READY);
            LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
            value++;
            long call = System.nanoTime();
            cache.put(KEY, "value " + value);
            long returned = System.nanoTime();
            long gone = Long.parseLong(answer(CopyWatch.GONE).trim());
            sinceCall[i] = gone - call;
            sinceReturn[i] = Math.max(0, gone - returned);
            late += sinceReturn[i] > 2 * ChannelSettings.DEFAULT.heartbeat().toNanos() ? 1 : 0;
        }
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %d | %d |",
                what,
                updates,
                Pings.of(sinceCall, updates).inMillis(),
                Pings.of(sinceReturn, updates).inMillis(),
                kills.get(),
                late);
    }

    /** Skips what logging may have printed. @return the rest of the line */
    private String answer(String beginning) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new IOException("The other process ended before it said '" + beginning + "'");
    }

    static Cache<String> cache(CacheService service) {
        return service.cache(CacheSpec.of("measured", String.class).eternal().build());
    }

    static CacheService service(String uri) {
        RedisSettings settings =
                RedisSettings.builder().url(uri).commandTimeout(DEADLINE).build();
        KeyCodec keys = new KeyCodec("measure");
        EncodedBackend redis = new EncodedBackend(
                RedisBackend.connectingTo(settings, keys, TimeSource.SYSTEM, RedisConnectionListener.NONE),
                keys,
                DEADLINE,
                TimeSource.SYSTEM);
        return LexigramCache.builder()
                .backend(
                        "both",
                        TieredBackend.builder(MemoryBackend.builder().build(), redis)
                                .build())
                .codec(new JsonCodec())
                .build();
    }

    @SuppressWarnings("SystemOut")
    private static void print(String line) {
        System.out.println(line);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        service.close();
        client.shutdown();
        server.close();
    }
}
