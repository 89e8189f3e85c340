package io.lexigram.cache.races;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lexigram.cache.history.PlantedFault;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Three nodes, on a backend that is sound unless a fault is planted. */
abstract class Races {

    static final String KEY = "k";
    static final String TAG = "t";

    private static final AtomicLong NUMBER = new AtomicLong();

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** With a fault, what has to happen may be waited for in vain. */
    static final Duration PATIENCE_WITH_FAULT = Duration.ofMillis(1_500);

    PlantedFault fault = PlantedFault.NONE;
    Means means = Means.DEFAULT;
    final ExecutorService threads = Executors.newCachedThreadPool();
    final String prefix = "races-" + NUMBER.incrementAndGet();
    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    Node here;
    Node there;
    Node elsewhere;

    @BeforeEach
    void open() {
        here = node();
        there = node();
        elsewhere = node();
    }

    @AfterEach
    void close() throws Exception {
        gates.forEach(Gate::open);
        threads.shutdownNow();
        for (Node node : nodes) {
            node.close();
        }
    }

    /** Where the nodes keep their entries. */
    String server() {
        return RedisServer.shared().getUri();
    }

    /** Has the server forget everything. */
    void flush() {
        RedisServer.shared().flush();
    }

    Node node() {
        return node(server());
    }

    /** @param address of the server, with the user to be */
    Node node(String address) {
        Node node = new Node(this::gate, address, prefix, fault, means);
        nodes.add(node);
        return node;
    }

    Gate gate(String name) {
        Gate gate = new Gate(name, patience());
        gates.add(gate);
        return gate;
    }

    Duration patience() {
        return fault == PlantedFault.NONE ? PATIENCE : PATIENCE_WITH_FAULT;
    }

    <T> Future<T> begin(Callable<T> call) {
        return threads.submit(call);
    }

    Future<?> begin(Runnable call) {
        return threads.submit(call);
    }

    /** @throws AssertionError when there is none in time */
    <T> T outcome(Future<T> future) throws ExecutionException, InterruptedException {
        try {
            return future.get(patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("A call did not return", e);
        }
    }

    /** Waits until so many nodes listen to the wake-ups of those who wait. */
    void awaitSubscribers(int number) {
        RedisClient client = RedisClient.create(RedisServer.shared().getUri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            Awaitility.await().until(() -> {
                String[] channels = redis.pubsubChannels(prefix + ":*").toArray(String[]::new);
                return channels.length == 1 && redis.pubsubNumsub(channels).get(channels[0]) == number;
            });
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }
}
