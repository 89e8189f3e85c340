package io.lexigram.cache.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.local.LocalChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedFlushesTest {

    private static final String FLUSH = "flush";

    private final EventLoopGroup threads = new DefaultEventLoopGroup(1);
    private final LocalChannel channel = new LocalChannel();
    private final List<Object> atSocket = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        threads.register(channel).sync();
        new SharedFlushes().afterChannelInitialized(channel);
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                atSocket.add(message);
            }

            @Override
            public void flush(ChannelHandlerContext context) {
                atSocket.add(FLUSH);
            }
        });
    }

    @AfterEach
    void close() {
        threads.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void what_is_sent_while_the_connection_is_busy_is_flushed_once_and_in_order() throws Exception {
        assertThat(sentBy(() -> {
                    channel.writeAndFlush(1);
                    channel.writeAndFlush(2);
                    return channel.writeAndFlush(3);
                }))
                .containsExactly(1, 2, 3, FLUSH);
    }

    @Test
    void what_is_sent_alone_waits_for_nothing_else() throws Exception {
        assertThat(sentBy(() -> channel.writeAndFlush(1))).containsExactly(1, FLUSH);
    }

    /** What has reached the socket when the connection's thread has done this and what it had put off. */
    private List<Object> sentBy(Callable<?> sending) throws Exception {
        threads.next().submit(sending).get();
        return threads.next().submit(() -> List.copyOf(atSocket)).get();
    }
}
