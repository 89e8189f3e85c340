package io.lexigram.cache.threads;

import io.lexigram.cache.CacheService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Calls everything there is on virtual threads, twice, while a server stops and goes on, and says which of them pinned their carriers. For
 * a JDK that has virtual threads.
 */
final class VirtualCallers {

    static final String STOP = "stop";
    static final String GO = "go";
    static final String CALLED = "called ";
    static final String PINNED = "pinned ";
    static final String CONTROL = "control ";

    private static final Duration NOTICEABLE = Duration.ofMillis(20);

    private VirtualCallers() {}

    /** @param arguments the place, and the address of its server */
    public static void main(String[] arguments) throws Exception {
        Place place = Place.valueOf(arguments[0]);
        ExecutorService callers = virtualThreads();
        try (CacheService service = place.service(arguments[1])) {
            Map<String, Runnable> operations = new Operations(service, place != Place.MEMCACHED).all();
            operations.values().forEach(Runnable::run);
            List<String> pinned = pinnedIn(() -> {
                say(STOP);
                List<Future<?>> calls = new ArrayList<>();
                operations.values().forEach(operation -> calls.add(callers.submit(operation)));
                LockSupport.parkNanos(NOTICEABLE.multipliedBy(10).toNanos());
                say(GO);
                for (Future<?> call : calls) {
                    call.get();
                }
                System.out.println(CALLED + calls.size());
                return null;
            });
            pinned.forEach(stack -> System.out.println(PINNED + stack));
            List<String> control = pinnedIn(() -> callers.submit(Pinning::pin).get());
            System.out.println(CONTROL + control.size());
        }
    }

    private static void say(String order) throws IOException {
        System.out.println(order);
        System.in.read();
    }

    private static List<String> pinnedIn(Callable<?> calls) throws Exception {
        Path file = Path.of(
                System.getProperty("java.io.tmpdir"),
                "pinned-" + ProcessHandle.current().pid() + ".jfr");
        file.toFile().deleteOnExit();
        try (Recording recording = new Recording()) {
            recording
                    .enable("jdk.VirtualThreadPinned")
                    .withThreshold(NOTICEABLE)
                    .withStackTrace();
            recording.start();
            calls.call();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .map(VirtualCallers::describe)
                .toList();
    }

    private static String describe(RecordedEvent event) {
        return String.valueOf(event.getStackTrace()).replaceAll("\\s+", " ");
    }

    /** By name, for this is compiled for a JDK that lacks them. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    /** Whose initializer parks: a class that is being initialized pins the thread on every JDK. */
    private static final class Pinning {

        static {
            LockSupport.parkNanos(NOTICEABLE.multipliedBy(5).toNanos());
        }

        private Pinning() {}

        static void pin() {}
    }
}
