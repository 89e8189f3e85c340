package io.lexigram.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisTopologiesIT {

    @Test
    void a_cluster_hands_a_slot_over_and_gets_over_the_death_of_a_primary() {
        try (RedisCluster cluster = RedisCluster.start()) {
            assertThat(cluster.primaries()).hasSize(3);
            RedisServer first = cluster.primaryOf("key");
            assertThat(first.ask("SET key value")).isEqualTo("+OK");

            cluster.handOver(first);

            RedisServer second = cluster.primaryOf("key");
            assertThat(second).isNotSameAs(first);
            assertThat(second.ask("GET key")).isEqualTo("value");
            cluster.awaitHealth();

            cluster.kill(second);

            assertThat(cluster.primaryOf("key")).isSameAs(first);
            assertThat(first.ask("GET key")).isEqualTo("value");
        }
    }

    @Test
    void sentinels_hand_the_primary_over() {
        try (SentinelTrio trio = SentinelTrio.start()) {
            RedisServer first = trio.primary();

            trio.handOver();

            assertThat(trio.primary()).isNotSameAs(first);
            assertThat(trio.primary().ask("SET key value")).isEqualTo("+OK");
        }
    }

    @Test
    void sentinels_get_over_the_death_of_the_primary() {
        try (SentinelTrio trio = SentinelTrio.start()) {
            RedisServer first = trio.primary();
            assertThat(first.ask("SET key value")).isEqualTo("+OK");
            assertThat(first.ask("WAIT 1 5000")).isEqualTo(":1");

            trio.kill();

            assertThat(trio.primary()).isNotSameAs(first);
            assertThat(trio.primary().ask("GET key")).isEqualTo("value");
        }
    }
}
