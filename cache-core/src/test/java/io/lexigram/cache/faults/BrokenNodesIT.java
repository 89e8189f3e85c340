package io.lexigram.cache.faults;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.history.PlantedFault;
import org.junit.jupiter.api.Test;

/** Each thing that callers of a failing server may rely on is missed where it is not there. */
class BrokenNodesIT {

    @Test
    void without_fail_open_callers_see_exceptions() {
        assertCaught(Setup.PLAIN.failingClosed(), CacheException.class, "");
    }

    @Test
    void without_a_breaker_calls_reach_the_server() {
        assertCaught(Setup.PLAIN.unguarded(), AssertionError.class, "no call of a node reaches the server");
    }

    @Test
    void deletions_that_are_forgotten_leave_old_values() {
        assertCaught(Setup.PLAIN.fault(PlantedFault.DELETE_FORGOTTEN), AssertionError.class, "stale values");
    }

    @Test
    void copies_that_are_dropped_on_one_node_only_are_outdated_on_the_other() {
        assertCaught(Setup.TIERED.fault(PlantedFault.PUTS_UNTOLD), AssertionError.class, "outdated on a node");
    }

    private static void assertCaught(Setup setup, Class<? extends Throwable> type, String message) {
        assertThatThrownBy(() -> {
                    Case broken = new Case(setup);
                    broken.open();
                    try {
                        broken.a_server_that_is_killed_and_started_again_with_no_data();
                    } finally {
                        broken.close();
                    }
                })
                .isInstanceOf(type)
                .hasMessageContaining(message);
    }

    private static final class Case extends RedisFaults {

        private Case(Setup setup) {
            super(setup);
        }
    }
}
