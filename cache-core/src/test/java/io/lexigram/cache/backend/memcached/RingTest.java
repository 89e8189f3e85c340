package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingTest {

    private static final List<String> KEYS =
            IntStream.range(0, 9_000).mapToObj(i -> "app:ns:{key" + i + "}").toList();

    @Test
    void keys_are_spread_over_all_servers() {
        Ring ring = new Ring(List.of("a:1", "b:1", "c:1"));

        for (int server = 0; server < 3; server++) {
            int index = server;
            assertThat(KEYS).filteredOn(key -> ring.serverOf(key) == index).hasSizeBetween(2_000, 4_000);
        }
    }

    @Test
    void a_server_more_takes_its_share_and_moves_no_other_key() {
        Ring before = new Ring(List.of("a:1", "b:1", "c:1"));
        Ring after = new Ring(List.of("a:1", "b:1", "c:1", "d:1"));

        List<String> moved = KEYS.stream()
                .filter(key -> before.serverOf(key) != after.serverOf(key))
                .toList();

        assertThat(moved).hasSizeBetween(1_500, 3_000).allMatch(key -> after.serverOf(key) == 3);
    }

    @Test
    void what_lies_beside_a_key_is_on_its_server() {
        Ring ring = new Ring(List.of("a:1", "b:1", "c:1"));

        assertThat(KEYS).allMatch(key -> ring.serverOf(key) == ring.serverOf(LeaseMark.of(key)));
    }

    @Test
    void without_connections_there_is_no_session() {
        assertThat(new XmemcachedLocator(List.of("a:1")).getSessionByKey("{k}")).isNull();
    }
}
