package io.lexigram.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between the client and the server and counts round trips: how often the client sends after it was answered. Each
 * answer is delayed, so that what the client sends without waiting is sent before it comes, and belongs to one trip.
 */
final class CountingProxy implements AutoCloseable {

    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final URI server;
    private final AtomicLong trips = new AtomicLong();

    CountingProxy(String server) throws IOException {
        this.server = URI.create(server);
        daemon(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + socket.getLocalPort();
    }

    long trips() {
        return trips.get();
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            Socket client = socket.accept();
            Socket upstream = new Socket(server.getHost(), server.getPort());
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Connection connection = new Connection();
            daemon(() -> copy(client.getInputStream(), upstream.getOutputStream(), connection::sent));
            daemon(() -> copy(upstream.getInputStream(), client.getOutputStream(), () -> {
                LockSupport.parkNanos(DELAY_NANOS);
                connection.answered();
            }));
        }
    }

    private static void copy(InputStream from, OutputStream to, Runnable onEach) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            onEach.run();
            to.write(buffer, 0, read);
        }
    }

    private static void daemon(Copying copying) {
        Thread thread = new Thread(() -> {
            try {
                copying.run();
            } catch (IOException e) {
                // The connection has ended, and its work with it.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Something that ends with its connection. */
    private interface Copying {
        void run() throws IOException;
    }

    /** Whose turn it is on a connection. */
    private final class Connection {
        private boolean waiting;

        synchronized void sent() {
            if (!waiting) {
                waiting = true;
                trips.incrementAndGet();
            }
        }

        synchronized void answered() {
            waiting = false;
        }
    }
}
