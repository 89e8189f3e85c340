package io.lexigram.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    private static final Path DOCS = Path.of("..", "docs", "performance.md");

    @TempDir
    private Path directory;

    private Results results = new Results();

    @BeforeEach
    void read() throws IOException {
        results = Results.read(Path.of("src/test/resources/results"));
    }

    private Page page() {
        return new Page(results, "A machine.");
    }

    @Test
    void what_jmh_measured_is_compared_round_by_round() {
        assertThat(page().markdown())
                .contains("| Caffeine getIfPresent | 25 | 40 000 000 | 1 | 0 |")
                .contains("| **typed handle: get(key)** | 50 | 20 000 000 | 2 | 0 |");
    }

    @Test
    void a_target_says_what_was_measured_and_whether_it_is_met() {
        assertThat(page().markdown())
                .contains("| typed handle, local hit: time / Caffeine | ≤ 1.70 | 2 | **no** |")
                .contains("| typed handle, local hit: bytes allocated | ≤ 0 | 0 | yes |")
                .contains("| round trips of a hit | ≤ 1 | 1 | yes |")
                .contains("| Redis hit, 8 threads: throughput / Lettuce and codec | ≥ 0.95 | 0.50 | **no** |");
    }

    @Test
    void what_was_not_measured_is_no_success() {
        assertThat(page().markdown()).contains("| 100 keys: time / MGET and codec | ≤ 1.15 | – | not measured |");
    }

    @Test
    void what_stands_outside_of_the_marks_stays() throws IOException {
        Path file = directory.resolve("performance.md");
        Files.writeString(file, "# Before\n" + Page.BEGIN + "\nfigures of before\n" + Page.END + "\n## After\n");

        page().writeTo(file);

        assertThat(file)
                .content()
                .startsWith("# Before\n" + Page.BEGIN)
                .endsWith(Page.END + "\n## After\n")
                .contains("A machine.")
                .doesNotContain("figures of before");
        assertThat(directory.resolve("images/local-hit.svg"))
                .content()
                .startsWith("<svg")
                .contains("typed handle: get(key)");
    }

    @Test
    void a_page_that_is_written_again_is_the_same() throws IOException {
        Path file = directory.resolve("performance.md");
        Files.writeString(file, Page.BEGIN + "\n" + Page.END);
        page().writeTo(file);
        String once = Files.readString(file);

        page().writeTo(file);

        assertThat(file).hasContent(once);
    }

    @Test
    void a_page_without_marks_is_left_alone() throws IOException {
        Path file = directory.resolve("performance.md");
        Files.writeString(file, "# By hand");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> page().writeTo(file))
                .withMessageContaining(Page.BEGIN);
        assertThat(file).hasContent("# By hand");
    }

    @Test
    void the_page_of_this_project_has_the_marks() throws IOException {
        assertThat(Files.readString(DOCS)).containsSubsequence(List.of(Page.BEGIN, Page.END));
    }
}
