package io.lexigram.cache.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lexigram.cache.testing.Jdks;
import io.lexigram.cache.testing.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls on virtual threads wait without pinning their carriers, as a JDK that has such threads sees it. */
class VirtualThreadsIT {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    @ParameterizedTest
    @EnumSource
    void wait_for_a_server_without_pinning(Place place) throws Exception {
        Optional<Path> jdk = Jdks.atLeast(FIRST_WITH_VIRTUAL_THREADS);
        assumeTrue(jdk.isPresent(), "a JDK 21 or newer, beside the running one or in JAVA_HOME_21_X64 and the like");
        try (Frozen server = Frozen.start(place)) {
            Process process = TestJvm.running(
                            jdk.orElseThrow(), VirtualCallers.class, List.of(place.name(), server.address()))
                    .start();
            List<String> said = hear(process, server);

            assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
            assertThat(said).anyMatch(line -> line.startsWith(VirtualCallers.CALLED));
            assertThat(said).contains(VirtualCallers.CONTROL + 1);
            assertThat(said).noneMatch(line -> line.startsWith(VirtualCallers.PINNED));
        }
    }

    private static List<String> hear(Process process, Frozen server) throws IOException {
        List<String> said = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
                if (line.equals(VirtualCallers.STOP)) {
                    server.pausing().run();
                    answer(process);
                } else if (line.equals(VirtualCallers.GO)) {
                    server.resuming().run();
                    answer(process);
                }
            }
        }
        return said;
    }

    private static void answer(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }
}
