package io.lexigram.cache.measure;

/**
 * Real-time priority on Linux, for a machine that has other things to do: otherwise it is the scheduler that is measured. The
 * system property {@code lexigram.measure.realtime} asks for it; it takes the rights of root.
 */
final class RealTime {

    private RealTime() {}

    /** A process of another name than expected, such as the first one of a container, is left alone. */
    static void give(long pid) throws Exception {
        String command = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .orElse("");
        if (!Boolean.getBoolean("lexigram.measure.realtime")
                || !command.matches(".*(redis-server|redis-check-rdb|java)")) {
            return;
        }
        int status = new ProcessBuilder("chrt", "-a", "-f", "-p", "10", String.valueOf(pid))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("chrt on " + pid + " answered " + status);
        }
    }
}
