package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted connection, which is written by a thread of its own and read by the caller of {@link #read}. Commands go out
 * in the order they were given and are answered in that order. Where it breaks, all that is not answered fails, and nothing
 * further is sent.
 */
final class TlsConnection {

    private static final int BUFFER = 1 << 14;
    private static final int MOST_UNSENT = 10_000;
    private static final String ITEM_LIMIT = "STAT item_size_max ";

    private final String server;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final int itemLimit;
    private final BlockingQueue<Pending<?>> unsent = new ArrayBlockingQueue<>(MOST_UNSENT);
    private final Queue<Pending<?>> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private final Thread writer;

    private TlsConnection(String server, Socket socket, Socket secured) throws IOException {
        this.server = server;
        this.socket = socket;
        this.in = new BufferedInputStream(secured.getInputStream(), BUFFER);
        this.out = new BufferedOutputStream(secured.getOutputStream(), BUFFER);
        this.itemLimit = askItemLimit();
        this.writer = new Thread(this::write, "lexigram-memcached-write-" + server);
        writer.setDaemon(true);
        writer.start();
    }

    /** Returns when the handshake is done and the server has told its limit. */
    static TlsConnection open(Sockets sockets, String server, InetSocketAddress address) throws IOException {
        Socket socket = sockets.connect(address);
        try {
            return new TlsConnection(server, socket, sockets.secured(socket, address));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private int askItemLimit() throws IOException {
        TextProtocol.line("stats settings", out);
        out.flush();
        int limit = Connections.DEFAULT_ITEM_LIMIT;
        for (String line = TextProtocol.line(in); !line.equals("END"); line = TextProtocol.line(in)) {
            if (line.startsWith(ITEM_LIMIT)) {
                limit = Integer.parseInt(line.substring(ITEM_LIMIT.length()));
            } else if (!line.startsWith("STAT ")) {
                throw new IOException("it answered '" + line + "' where its settings were asked for");
            }
        }
        return limit;
    }

    /** How many bytes an item may have. */
    int itemLimit() {
        return itemLimit;
    }

    void send(Pending<?> pending) {
        if (!unsent.offer(pending)) {
            pending.fail(new CacheBackendException(
                    "Memcached at " + server + " is behind by " + MOST_UNSENT + " commands; no further one is sent"));
        }
        if (failure.get() != null) {
            failAll();
        }
    }

    /**
     * Each command begins a TLS record of its own. Where one begins in the middle, Memcached may leave it there until something
     * further comes: it waits for its socket to have more, and not for what OpenSSL has read of it already.
     */
    private void write() {
        try {
            while (true) {
                Pending<?> next = unsent.take();
                if (!next.isGivenUp()) {
                    unanswered.add(next);
                    TextProtocol.write(next.request(), out);
                    out.flush();
                }
            }
        } catch (IOException | RuntimeException e) {
            end(e);
        } catch (InterruptedException e) {
            // It is at its end.
            failAll();
        }
    }

    /** Hands answers to who waits for them, until the connection is at its end. */
    void read() {
        try {
            while (true) {
                awaitAnswer();
                Pending<?> answered = unanswered.poll();
                if (answered == null) {
                    throw new IOException("Memcached at " + server + " answered what it was not asked");
                }
                read(answered);
            }
        } catch (IOException | RuntimeException e) {
            end(e);
        }
    }

    /** Fails where a command was there both when nothing came for so long as a read waits, and when it did again. */
    private void awaitAnswer() throws IOException {
        Pending<?> oldest = null;
        while (true) {
            try {
                in.mark(1);
                if (in.read() < 0) {
                    throw new EOFException("Memcached at " + server + " closed the connection");
                }
                in.reset();
                return;
            } catch (SocketTimeoutException e) {
                Pending<?> stillOldest = unanswered.peek();
                if (stillOldest != null && stillOldest == oldest) {
                    throw e;
                }
                oldest = stillOldest;
            }
        }
    }

    private void read(Pending<?> answered) throws IOException {
        try {
            answered.complete(TextProtocol.read(answered.request(), in));
        } catch (CacheException e) {
            answered.fail(e);
        } catch (IOException | RuntimeException e) {
            answered.fail(e);
            throw e;
        }
    }

    void close() {
        end(new IOException("the connection was closed"));
    }

    private void end(Exception cause) {
        IOException io = cause instanceof IOException already ? already : new IOException(cause);
        if (failure.compareAndSet(null, io)) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone either way.
            }
            writer.interrupt();
        }
        failAll();
    }

    private void failAll() {
        IOException cause = failure.get();
        Throwable reason = cause == null ? new EOFException("the connection is at its end") : cause;
        for (Pending<?> next = unanswered.poll(); next != null; next = unanswered.poll()) {
            next.fail(reason);
        }
        for (Pending<?> next = unsent.poll(); next != null; next = unsent.poll()) {
            next.fail(reason);
        }
    }
}
