package io.lexigram.cache.channel;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Carries messages to all nodes that share a backend, and keeps the list of those nodes. Calls return without waiting for the
 * server and may be made before there is a connection; a stage that fails means that a message may be lost.
 */
public interface ChannelTransport extends AutoCloseable {

    /** Subscribes, and goes on trying until it is closed. */
    void open(Receiver receiver);

    /** The lane of a backend that has one primary. */
    long ONLY_LANE = 0;

    /** The ways to all nodes there are at the moment, as far as it is known here: one for each primary. */
    Set<Long> lanes();

    /** That of the primary which has an entry, whether there is such an entry or not. */
    long laneOf(String namespace, String key);

    /** That of the primary which has the clock of groups. */
    long laneOfGroups();

    /**
     * Sends a message to all, this node included, through the primary of a lane, behind every operation on that primary that was
     * called before. Fails where there is no such primary any more.
     */
    CompletionStage<?> publish(long lane, byte[] message);

    /**
     * Sends a message to all through the primary of a lane, and registers a node in the list of nodes if that primary has it.
     * Nodes that were not registered anew for so long leave the list.
     */
    CompletionStage<Registry> beat(long lane, long node, byte[] message, long forgetMillis);

    /** Strikes a node off and sends a message to all, in one step. */
    CompletionStage<?> leave(long node, byte[] message);

    /** Gives up a subscription on which nothing comes any more, and subscribes anew. */
    void resubscribe();

    @Override
    void close();

    /** A backend over which nodes can tell each other something; one that has this interface answers to it when unwrapped. */
    interface Source {

        ChannelTransport channelTransport();
    }

    /** Hears what comes in, in the order of the server, one call at a time. Must not block. */
    interface Receiver {

        /** The subscription began, again where it was lost. */
        void subscribed();

        void message(byte[] message);
    }

    /**
     * The nodes the server knows; none where the list is elsewhere.
     *
     * @param receivers how many subscriptions of that primary got the message
     */
    record Registry(List<Registration> nodes, long receivers) {}

    /** @param silentMillis since the node was registered last, by the clock of the server */
    record Registration(long node, long silentMillis) {}
}
