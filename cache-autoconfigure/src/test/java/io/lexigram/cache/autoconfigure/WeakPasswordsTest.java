package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WeakPasswordsTest {

    @Test
    void the_published_list_is_the_one_that_is_refused() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "production.md"));
        String list = page.substring(page.indexOf("```text") + "```text".length(), page.lastIndexOf("```"));

        assertThat(list.strip().split("\\s+")).containsExactlyInAnyOrderElementsOf(WeakPasswords.LISTED);
    }

    @Test
    void case_and_blanks_around_a_password_do_not_make_it_strong() {
        assertThat(WeakPasswords.isListed(" ChangeMe ")).isTrue();
        assertThat(WeakPasswords.isListed("kW4-gT9_xZ2.mB7")).isFalse();
    }

    @Test
    void a_placeholder_that_nothing_has_replaced_is_no_password() {
        assertThat(WeakPasswords.isMissing("${CACHE_PASSWORD}")).isTrue();
        assertThat(WeakPasswords.isMissing("  ")).isTrue();
        assertThat(WeakPasswords.isMissing("x")).isFalse();
    }
}
