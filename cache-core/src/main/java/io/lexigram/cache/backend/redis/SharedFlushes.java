package io.lexigram.cache.backend.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Lets commands that several threads send at the same time go to the socket in one write. Their order stays, and none waits for
 * one that is still to come: they are flushed as soon as the connection's thread has nothing else at hand.
 */
final class SharedFlushes implements NettyCustomizer {

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.pipeline()
                .addFirst(new FlushConsolidationHandler(
                        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
    }
}
