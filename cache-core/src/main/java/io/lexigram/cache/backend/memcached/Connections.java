package io.lexigram.cache.backend.memcached;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The connections to all servers. Commands of one key take one connection, in the order they were given; none is sent twice,
 * also where its connection breaks. Connections that are lost, or could not be made, are made again in the background.
 */
interface Connections {

    /** What a server takes that was not told otherwise. */
    int DEFAULT_ITEM_LIMIT = 1 << 20;

    /** Ends with an answer or a failure, or is given up; throws nothing. */
    void send(Pending<?> pending);

    /** The least that any of the servers takes, the key included; where none answers, what is usual. */
    int itemLimit();

    /** The client of another library behind this, if there is one. */
    @Nullable
    Object client();

    /** Says goodbye to the servers, which may take its time. */
    void close();

    /** Connections are made whether or not the servers answer. */
    interface Opener {

        Connections open() throws IOException;
    }
}
