package io.lexigram.cache.channel;

import io.lexigram.cache.CacheConfigurationException;
import java.time.Duration;

/**
 * How often the nodes give a sign of life, and how many of them are kept in mind. All nodes of a backend must have the same
 * beat: it decides after how long a node counts as silent.
 *
 * @param heartbeat from 10 ms to 1 min
 * @param maxLanes publishers, and lanes of all of them together
 */
public record ChannelSettings(Duration heartbeat, int maxLanes) {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** A beat each second, 10 000 lanes. */
    public static final ChannelSettings DEFAULT = new ChannelSettings(Duration.ofSeconds(1), 10_000);

    public ChannelSettings {
        if (heartbeat.compareTo(SHORTEST) < 0 || heartbeat.compareTo(LONGEST) > 0) {
            throw new CacheConfigurationException(
                    "heartbeat", heartbeat, "write a duration from %s to %s".formatted(SHORTEST, LONGEST));
        }
        if (maxLanes < 1) {
            throw new CacheConfigurationException("max-lanes", maxLanes, "write a number of at least 1");
        }
    }
}
