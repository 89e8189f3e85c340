package io.lexigram.cache.threads;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.List;
import java.util.stream.Stream;

/** The monitors a thread holds. */
final class Monitors {

    /** From JDK 19 on it has a lock in its stead. */
    private static final String LOCK_TO_BE = "java.io.BufferedInputStream";

    private Monitors() {}

    /** Where the thread entered them, the innermost first. */
    static List<String> heldBy(Thread thread) {
        return Stream.of(ManagementFactory.getThreadMXBean().getThreadInfo(new long[] {thread.getId()}, true, false))
                .map(ThreadInfo::getLockedMonitors)
                .flatMap(Stream::of)
                .filter(monitor -> !monitor.getClassName().equals(LOCK_TO_BE))
                .map(Monitors::describe)
                .toList();
    }

    private static String describe(MonitorInfo monitor) {
        return monitor.getClassName() + " entered by " + monitor.getLockedStackFrame();
    }
}
