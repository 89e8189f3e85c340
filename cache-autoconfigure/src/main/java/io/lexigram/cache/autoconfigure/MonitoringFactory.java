package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.service.Monitoring;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code lexigram.cache.monitoring.*}. */
final class MonitoringFactory {

    private MonitoringFactory() {}

    /** Null where it is off; what is written is checked all the same. */
    static @Nullable Monitoring settings(LexigramCacheProperties.Monitoring block) {
        if (!(block.lowHitRate() >= 0 && block.lowHitRate() <= 1)) {
            throw refused(
                    "low-hit-rate",
                    block.lowHitRate(),
                    "it must be from 0 to 1",
                    "Write the part of the reads that are to be hits: 0.5 for half of them, 0 for no warning.");
        }
        if (block.minReads() < 1) {
            throw refused(
                    "min-reads", block.minReads(), "it must be at least 1", "Write a number of reads, such as 1000.");
        }
        if (block.interval().compareTo(Duration.ofMillis(1)) < 0) {
            throw refused(
                    "interval",
                    block.interval(),
                    "it must be at least 1 ms",
                    "Write a duration such as 5m, or lexigram.cache.monitoring.enabled: false.");
        }
        return block.enabled() ? new Monitoring(block.lowHitRate(), block.minReads(), block.interval()) : null;
    }

    private static CacheSettingException refused(String property, Object value, String problem, String fix) {
        return new CacheSettingException(SettingName.of("monitoring." + property), value, problem, fix);
    }
}
