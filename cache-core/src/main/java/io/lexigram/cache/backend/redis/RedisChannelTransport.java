package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.RawCounter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Carries messages by PUBLISH on the connection of the operations, behind those called before, and hears them on the
 * connection for messages. The nodes are a sorted set by the time of the server.
 */
final class RedisChannelTransport implements ChannelTransport {

    /** As {@code channel-beat.lua} reads it. */
    private static final byte[] LEAVE = {};

    private final Connector connector;
    private final Subscription subscription;
    private final byte[] channel;
    private final byte[] nodes;
    private final PrimaryWatch primaries;

    RedisChannelTransport(Connector connector, Subscription subscription, KeyCodec keys, PrimaryWatch primaries) {
        this.connector = connector;
        this.subscription = subscription;
        this.channel = keys.auxiliary("channel", "");
        this.primaries = primaries;
        this.nodes = keys.auxiliary("nodes", "");
    }

    @Override
    public void open(Receiver receiver) {
        subscription.listen(channel, new Subscription.Hearer() {
            @Override
            public void subscribed() {
                receiver.subscribed();
            }

            @Override
            public void message(byte[] message) {
                receiver.message(message);
            }
        });
    }

    @Override
    public CompletionStage<?> publish(byte[] message) {
        return connector.submit(link -> link.commands().publish(channel, message));
    }

    @Override
    public CompletionStage<Registry> beat(long node, byte[] message, long forgetMillis) {
        return run(node, RawCounter.format(forgetMillis), message).thenApply(RedisChannelTransport::registry);
    }

    @Override
    public CompletionStage<?> leave(long node, byte[] message) {
        return run(node, LEAVE, message);
    }

    private CompletionStage<List<byte[]>> run(long node, byte[] forgetMillis, byte[] message) {
        ScriptCall<List<byte[]>> call =
                ScriptCall.list(Script.CHANNEL_BEAT, nodes, ScriptCall.bigEndian(node), forgetMillis, channel, message);
        return connector.submit(link -> {
            CompletionStage<List<byte[]>> answer = call.on(link);
            primaries.ask(link);
            return answer;
        });
    }

    /** What is no node is passed over. */
    private static Registry registry(List<byte[]> answer) {
        List<Registration> found = new ArrayList<>();
        for (int i = 1; i + 1 < answer.size(); i += 2) {
            if (answer.get(i).length == Long.BYTES) {
                found.add(new Registration(ByteBuffer.wrap(answer.get(i)).getLong(), number(answer.get(i + 1))));
            }
        }
        return new Registry(found, number(answer.get(0)));
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, US_ASCII));
    }

    @Override
    public void resubscribe() {
        subscription.renew();
    }

    @Override
    public void close() {
        subscription.stop(channel);
    }
}
