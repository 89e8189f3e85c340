package io.lexigram.cache.races;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;

/** Two nodes with copies in memory, and one without. */
abstract class TieredRaces extends Races {

    private static final String PROOF = "proof";

    private final Duration heartbeat;

    TieredRaces(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    @Override
    @BeforeEach
    void open() {
        elsewhere = node();
        means = means.tiered(heartbeat);
        here = node();
        there = node();
        elsewhere.cache().put(PROOF, "value");
        awaitCopy(here, PROOF);
        awaitCopy(there, PROOF);
    }

    /** Waits for what sets the scene: the node serves a copy. */
    static void awaitCopy(Node node, String key) {
        Awaitility.await().atMost(PATIENCE).until(() -> node.copies(key));
    }

    /**
     * Waits for what has to happen: the node has nothing to serve.
     *
     * @throws AssertionError when it goes on serving
     */
    void expectGone(Node node, String key) {
        try {
            Awaitility.await().atMost(patience()).until(() -> node.stored(key) == null);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("A node goes on serving what was removed", e);
        }
    }

    /**
     * Waits for what has to happen: the node serves no copy, of whatever it is.
     *
     * @throws AssertionError when it goes on doing so
     */
    void expectNoCopies(Node node) {
        try {
            Awaitility.await().atMost(patience()).until(() -> !node.copies(PROOF));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("A node goes on serving copies", e);
        }
    }
}
