package io.lexigram.cache.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lexigram.cache.history.Operation.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {

    @TempDir
    private Path directory;

    @Test
    void every_operation_is_read_as_it_was_written() {
        List<Operation> operations = Story.story()
                .loads(1, 4, 10, 20)
                .puts(2, 5, 30, 40)
                .deletes(50, 60)
                .invalidates(new Scope(Scope.Kind.ALL, "", ""), 70, Operation.NEVER)
                .reads(1, 4, 80, 90)
                .reads(1, null, "it broke", 80, 90)
                .history()
                .of(Operation.class)
                .toList();

        assertThat(operations.stream().map(Lines::write).map(Lines::read)).isEqualTo(operations);
    }

    @Test
    void a_failure_stays_on_its_line() {
        assertThat(Lines.write(new Fault(new Actor(1, 2, 3), 4, "two\nlines\tand a tab")))
                .isEqualTo("fault\t1/2/3\t4\ttwo lines and a tab");
    }

    @Test
    void a_file_without_its_end_is_refused() throws Exception {
        Path file = directory.resolve("process-0.tsv");
        try (Recorder recorder = new Recorder(file, 0)) {
            recorder.add(new Fault(new Actor(0, 0, 0), 1, "text"));
        }
        assertThat(History.read(List.of(file)).size()).isEqualTo(1);

        Files.writeString(file, "fault\t0/0/0\t1\ttext\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> History.read(List.of(file)))
                .withMessageContaining("its process died");
    }
}
