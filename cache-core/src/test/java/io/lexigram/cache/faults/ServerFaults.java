package io.lexigram.cache.faults;

import org.junit.jupiter.api.Test;

/** One server for both nodes. */
abstract class ServerFaults extends NodesUnderFaults {

    ServerFaults(Setup setup) {
        super(setup);
    }

    abstract void stopServer();

    abstract void restartServer();

    abstract void pauseServer();

    abstract void resumeServer();

    @Test
    void a_server_that_is_killed_and_started_again_with_no_data() throws Exception {
        outlive(this::stopServer, this::restartServer, Effect.OUTAGE);
    }

    @Test
    void a_server_that_is_started_anew_at_once_with_no_data() throws Exception {
        outlive(this::restartServer, () -> {}, Effect.DISTURBANCE);
    }

    @Test
    void a_server_that_is_frozen() throws Exception {
        outlive(this::pauseServer, this::resumeServer, Effect.OUTAGE);
    }
}
