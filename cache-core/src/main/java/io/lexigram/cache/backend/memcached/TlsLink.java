package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheConnectionException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps an encrypted connection to a server: a thread makes it, reads it, and makes another when it has come to its end. */
final class TlsLink {

    /** Between two attempts, times the number of attempts. */
    private static final long RECONNECT_MILLIS = 250;

    private static final long MOST_RECONNECT_MILLIS = 2_000;

    private final Sockets sockets;
    private final MemcachedSettings settings;
    private final int server;
    private final String name;
    private final Reach reach;
    private final CountDownLatch attempted = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable TlsConnection connection;
    private volatile @Nullable IOException failure;
    private volatile int itemLimit = Connections.DEFAULT_ITEM_LIMIT;

    /** @param server the index of the server among those of the settings */
    TlsLink(Sockets sockets, MemcachedSettings settings, int server, Reach reach) {
        this.sockets = sockets;
        this.settings = settings;
        this.server = server;
        this.name = settings.servers().get(server);
        this.reach = reach;
    }

    void start() {
        Thread thread = new Thread(this::keep, "lexigram-memcached-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the first attempt to connect is over, but not beyond this time. */
    void awaitAttempt(long untilNanos) throws InterruptedException {
        var unused = attempted.await(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** How many bytes an item may have, as far as the server has told. */
    int itemLimit() {
        return itemLimit;
    }

    void send(Pending<?> pending) {
        TlsConnection current = connection;
        if (current == null) {
            IOException cause = failure;
            pending.fail(new CacheConnectionException(
                    "There is no connection to Memcached at " + name + (cause == null ? "" : ": " + cause), cause));
        } else {
            current.send(pending);
        }
    }

    private void keep() {
        long attempts = 0;
        boolean goOn = true;
        while (goOn) {
            attempts = connectAndRead() ? 0 : attempts + 1;
            goOn = !isClosedWithin(Math.min(MOST_RECONNECT_MILLIS, attempts * RECONNECT_MILLIS));
        }
    }

    /** Returns when there is no connection any more. @return whether there was one */
    private boolean connectAndRead() {
        TlsConnection made;
        try {
            made = TlsConnection.open(sockets, name, settings.address(server));
        } catch (IOException | RuntimeException e) {
            failure = e instanceof IOException io ? io : new IOException(e);
            attempted.countDown();
            return false;
        }
        itemLimit = made.itemLimit();
        reach.connected();
        connection = made;
        attempted.countDown();
        if (closed.getCount() == 0) {
            made.close();
        }
        made.read();
        connection = null;
        reach.disconnected();
        return true;
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    void close() {
        closed.countDown();
        TlsConnection current = connection;
        if (current != null) {
            current.close();
        }
    }
}
