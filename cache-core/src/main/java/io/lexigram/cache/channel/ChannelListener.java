package io.lexigram.cache.channel;

/**
 * Hears what other nodes invalidated. Called one at a time, in the order of the messages, on a thread of the transport or of
 * the timer: it must neither block nor call the channel.
 */
public interface ChannelListener {

    void invalidated(Invalidation invalidation);

    /** Something may have been missed: nothing copied before now may be served any more. */
    void flush(FlushReason reason);
}
