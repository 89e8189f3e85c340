package io.lexigram.cache.channel;

import java.util.Map;

/**
 * What nodes say to each other. A lane is what one publisher sends through one primary; its messages are numbered from 1
 * without a hole.
 */
sealed interface Message {

    /** The lane of a backend that has one primary. */
    long ONLY_LANE = ChannelTransport.ONLY_LANE;

    /** A random number that names one channel of one process. */
    long publisher();

    record Invalidated(long publisher, long lane, long sequence, Invalidation invalidation) implements Message {}

    /**
     * A sign of life.
     *
     * @param beat the number by which the publisher knows it again
     * @param heads the highest sequence sent so far, by lane
     */
    record Heartbeat(long publisher, long beat, Map<Long, Long> heads) implements Message {}

    /** The last message of a publisher that ends as it should. */
    record Goodbye(long publisher, Map<Long, Long> heads) implements Message {}
}
