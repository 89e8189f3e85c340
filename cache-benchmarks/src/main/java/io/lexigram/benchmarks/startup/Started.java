package io.lexigram.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Says how long an application took from the begin of its main method to its first answer, and what it holds. */
final class Started {

    /** How its line begins. */
    static final String ANSWER = "answer: ";

    private final long begin = System.nanoTime();

    /** Prints milliseconds until now, milliseconds of processor time of the process, and KiB of heap after a collection; ends. */
    @SuppressWarnings("SystemOut")
    void report(String firstAnswer) {
        double millis = (System.nanoTime() - begin) / 1e6;
        double cpu = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e6;
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
        System.out.println(ANSWER + millis + " " + cpu + " " + heap + " " + firstAnswer);
        System.exit(0);
    }
}
