package io.lexigram.cache.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyPageTest {

    @Test
    void pages_put_together_are_all_keys_once_whatever_order_and_how_often_they_come_in() {
        Random random = new Random(42);
        List<String> keys =
                new ArrayList<>(IntStream.range(0, 97).mapToObj(i -> "k" + i).toList());
        keys.addAll(keys.subList(0, 40));

        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            Collections.shuffle(keys, random);
            KeyPage page = KeyPage.of(keys.stream(), cursor, 10);
            assertThat(page.keys()).hasSizeLessThanOrEqualTo(10);
            read.addAll(page.keys());
            cursor = page.cursor();
        } while (cursor != null);

        assertThat(read).containsExactlyElementsOf(new TreeSet<>(keys));
    }

    @Test
    void a_page_that_takes_exactly_what_is_left_is_the_last() {
        assertThat(KeyPage.of(List.of("a", "b").stream(), null, 2)).isEqualTo(new KeyPage(List.of("a", "b"), null));
    }
}
