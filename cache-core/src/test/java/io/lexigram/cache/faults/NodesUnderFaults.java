package io.lexigram.cache.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Two nodes on a server that fails under them. Callers see no exception and no value from before a change of their own node;
 * an open breaker keeps all calls from the server; when the fault is over both nodes go on by themselves, and what was
 * invalidated meanwhile is served nowhere.
 *
 * <p>Faults last {@code lexigram.faults.millis}, and at least until they show.
 */
abstract class NodesUnderFaults {

    private static final Duration LASTING = Duration.ofMillis(Long.getLong("lexigram.faults.millis", 500));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_WITHOUT_BREAKER = Duration.ofSeconds(4);
    private static final Duration POLL = Duration.ofMillis(10);

    /** What a busy machine may add to the two heartbeats after which all nodes agree. */
    private static final Duration NOISE = Duration.ofSeconds(1);

    private static final int READS = 500;
    private static final String KEY = "promised";
    private static final String TAGGED = "promised-by-tag";
    private static final String TAG = "t";
    private static final String OLD = "old";
    private static final AtomicLong NUMBER = new AtomicLong();

    final String prefix = "faults-" + NUMBER.incrementAndGet();
    private final Source source = new Source();
    private final Setup setup;
    private Node near;
    private Node other;

    NodesUnderFaults(Setup setup) {
        this.setup = setup;
    }

    /** What becomes of calls while a fault lasts. */
    enum Effect {
        /** They fail on both nodes, until the breaker refuses them. */
        OUTAGE,
        /** They fail on one node, until its breaker refuses them. */
        OUTAGE_OF_ONE,
        /** Some fail, perhaps. */
        DISTURBANCE,
        /** Some fail, and the last that were confirmed are lost. */
        LOSS
    }

    abstract KeyCodec keys();

    /** A client of the server; the one of the node that is near has a network of its own. */
    abstract ByteBackend backend(KeyCodec keys, boolean isNear);

    @BeforeEach
    void open() {
        near = new Node("near", backend(keys(), true), keys(), setup, source);
        other = new Node("other", backend(keys(), false), keys(), setup, source);
    }

    @AfterEach
    void close() throws Exception {
        near.close();
        other.close();
    }

    private List<Node> nodes() {
        return List.of(near, other);
    }

    /** Goes through a fault and what follows it. */
    void outlive(Runnable begin, Runnable end, Effect effect) throws InterruptedException {
        begin();
        if (effect == Effect.LOSS) {
            nodes().forEach(Node::excuse);
        }
        begin.run();
        long began = System.nanoTime();
        try {
            for (Node node : hitBy(effect)) {
                until("no call of a node reaches the server", () -> node.callsOfReads(READS) == 0 && node.isOpen());
            }
            promise();
            LockSupport.parkNanos(LASTING.toNanos() - (System.nanoTime() - began));
        } finally {
            end.run();
        }
        until("both nodes have recovered", () -> nodes().stream().allMatch(Node::isRecovered));
        until("one node finds what the other stores", this::isShared);
        if (effect == Effect.LOSS) {
            nodes().forEach(Node::changeAnew);
            until("all is changed anew", () -> nodes().stream().allMatch(Node::isChangedAnew));
        }
        check();
    }

    private List<Node> hitBy(Effect effect) {
        return switch (effect) {
            case OUTAGE -> nodes();
            case OUTAGE_OF_ONE -> List.of(near);
            case DISTURBANCE, LOSS -> List.of();
        };
    }

    private void begin() {
        until("there is a connection", this::isShared);
        until("both find what is to be invalidated", () -> {
            near.cache().put(KEY, OLD);
            near.cache().put(TAGGED, OLD, CallOptions.NONE.tags(TAG));
            return nodes().stream()
                    .allMatch(node -> OLD.equals(node.cache().get(KEY))
                            && OLD.equals(node.cache().get(TAGGED)));
        });
        nodes().forEach(node -> node.start(List.of("near", "other")));
        nodes().forEach(node -> until("a node reads", () -> node.callsOfReads(1) > 0));
    }

    /** One node invalidates, and serves the old value no more. */
    private void promise() {
        near.cache().delete(KEY);
        assertThat(near.cache().lookup(KEY)).isNotInstanceOf(Lookup.Hit.class);
        near.cache().invalidateTags(TAG);
        assertThat(near.cache().get(KEY)).isNull();
        assertThat(near.cache().get(TAGGED)).isNull();
    }

    private boolean isShared() {
        String key = "shared-" + NUMBER.incrementAndGet();
        near.cache().put(key, key);
        return key.equals(other.cache().get(key));
    }

    private void check() throws InterruptedException {
        List<String> findings = new ArrayList<>();
        for (Node node : nodes()) {
            findings.addAll(node.stop());
        }
        assertThat(findings).as("exceptions and stale values").isEmpty();
        until("all has been delivered", () -> nodes().stream().allMatch(Node::isRecovered));
        Duration grace = setup.isTiered() ? Node.HEARTBEAT.multipliedBy(2).plus(NOISE) : Duration.ZERO;
        long end = System.nanoTime() + grace.toNanos();
        List<String> outdated = outdated();
        while (!outdated.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
            outdated = outdated();
        }
        assertThat(outdated).as("keys that are outdated on a node").isEmpty();
    }

    private List<String> outdated() {
        List<String> outdated = new ArrayList<>();
        for (Node node : nodes()) {
            for (String name : List.of("near", "other")) {
                Node.keysOf(name).stream().filter(key -> !node.isCurrent(key)).forEach(outdated::add);
            }
            List.of(KEY, TAGGED).stream()
                    .filter(key -> OLD.equals(node.cache().get(key)))
                    .forEach(outdated::add);
        }
        return outdated;
    }

    void until(String what, BooleanSupplier condition) {
        try {
            Awaitility.await()
                    .atMost(setup.isGuarded() ? PATIENCE : PATIENCE_WITHOUT_BREAKER)
                    .pollInterval(POLL)
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("In vain it was waited that " + what, e);
        }
    }
}
