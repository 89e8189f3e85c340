package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheConfigurationException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemcachedSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void servers_are_found_by_host_and_port() {
        assertThat(MemcachedSettings.of(List.of("localhost:11211", "[::1]:11212"))
                        .addresses())
                .extracting(address -> address.getPort())
                .containsExactly(11211, 11212);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:",
                ":11211",
                "localhost:port",
                "localhost:65536",
                "localhost:-1",
                " localhost:11211",
                "memcached://localhost:11211"
            })
    void what_is_no_address_is_refused_with_what_to_write(String server) {
        assertThatThrownBy(() -> MemcachedSettings.of(List.of(server)))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("'" + server + "'")
                .hasMessageContaining("localhost:11211");
    }

    @Test
    void there_is_a_server_and_none_is_there_twice() {
        assertThatThrownBy(() -> MemcachedSettings.of(List.of())).hasMessageContaining("localhost:11211");
        assertThatThrownBy(() -> MemcachedSettings.of(List.of("a:1", "a:1"))).hasMessageContaining("a:1");
    }

    @Test
    void times_and_connections_are_above_zero() {
        assertThatThrownBy(() -> new MemcachedSettings(List.of("a:1"), Duration.ZERO, SECOND, 1))
                .hasMessageContaining("connect-timeout");
        assertThatThrownBy(() -> new MemcachedSettings(List.of("a:1"), SECOND, SECOND.negated(), 1))
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> new MemcachedSettings(List.of("a:1"), SECOND, SECOND, 0))
                .hasMessageContaining("max-pool-size");
        assertThatThrownBy(() -> new MemcachedSettings(List.of("a:1"), SECOND, SECOND, 65))
                .hasMessageContaining("64");
    }
}
