package io.lexigram.cache.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequestMemoTest {

    private final RequestMemo memo = new RequestMemo(2);

    @Test
    void the_first_result_stays() {
        assertThat(memo.putIfAbsent("a", 1)).isNull();
        assertThat(memo.putIfAbsent("a", 2)).isEqualTo(new RequestMemo.Remembered(1));

        assertThat(memo.get("a")).isEqualTo(new RequestMemo.Remembered(1));
    }

    @Test
    void more_results_than_it_may_have_are_not_remembered() {
        memo.putIfAbsent("a", 1);
        memo.putIfAbsent("b", 2);
        memo.putIfAbsent("c", 3);

        assertThat(memo.get("c")).isNull();
        assertThat(memo.putIfAbsent("a", 2)).isEqualTo(new RequestMemo.Remembered(1));
    }

    @Test
    void only_the_very_result_that_is_named_is_forgotten() {
        Object result = new Object();
        memo.putIfAbsent("a", result);
        memo.remove("a", new Object());
        assertThat(memo.get("a")).isNotNull();
        memo.remove("a", result);

        assertThat(memo.get("a")).isNull();
    }

    @Test
    void after_the_end_nothing_is_remembered() {
        memo.putIfAbsent("a", 1);
        memo.end();
        memo.putIfAbsent("b", 2);

        assertThat(memo.get("a")).isNull();
        assertThat(memo.get("b")).isNull();
    }

    @Test
    void no_room_at_all_is_refused() {
        assertThatThrownBy(() -> new RequestMemo(0)).hasMessageContaining("maxResults is 0");
    }
}
