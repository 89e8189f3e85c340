package io.lexigram.cache.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network between clients and a server, on the loopback address, that a test can spoil and {@link #heal}.
 *
 * <p>What a direction drops arrives late, as it does over TCP: with the first retransmission that gets through, and be it that
 * the client has closed the connection in the meantime.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Direction> dropping = EnumSet.noneOf(Direction.class);
    private long latencyNanos;
    private boolean refusing;

    /** Which way bytes go. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private TcpProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        inBackground("accept", this::accept);
    }

    /** A network that is well. */
    public static TcpProxy to(String host, int port) {
        try {
            return new TcpProxy(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UncheckedIOException("No proxy to " + host + ":" + port, e);
        }
    }

    /** Where clients connect. */
    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Lets each answer arrive so much later. */
    public void delay(Duration latency) {
        change(() -> latencyNanos = latency.toNanos());
    }

    /** Loses what goes these ways; connections stay open. */
    public void drop(Direction first, Direction... more) {
        change(() -> dropping.addAll(EnumSet.of(first, more)));
    }

    /** Breaks the connections there are. */
    public void cut() {
        connections.forEach(Connection::reset);
    }

    /** Breaks the connections there are, and each further one as soon as it is made. */
    public void refuse() {
        change(() -> refusing = true);
        cut();
    }

    /** Is well again. */
    public void heal() {
        change(() -> {
            latencyNanos = 0;
            refusing = false;
            dropping.clear();
        });
    }

    private void change(Runnable setting) {
        lock.lock();
        try {
            setting.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Connection connection = new Connection(listener.accept());
                if (isRefusing()) {
                    connection.reset();
                } else {
                    connection.open();
                }
            } catch (IOException e) {
                // The server is not there, or this is the end.
            }
        }
    }

    private boolean isRefusing() {
        lock.lock();
        try {
            return refusing;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when what has come may go on. */
    private void pass(Direction direction) throws InterruptedException {
        long arrived = System.nanoTime();
        lock.lock();
        try {
            long left = leftNanos(direction, arrived);
            while (dropping.contains(direction) || left > 0) {
                var unused = changed.awaitNanos(left > 0 ? left : Long.MAX_VALUE);
                left = leftNanos(direction, arrived);
            }
        } finally {
            lock.unlock();
        }
    }

    private long leftNanos(Direction direction, long arrived) {
        return direction == Direction.TO_CLIENT ? latencyNanos - (System.nanoTime() - arrived) : 0;
    }

    private static void inBackground(String name, Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        cut();
        heal();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket there = new Socket();

        private Connection(Socket client) {
            this.client = client;
        }

        private void open() throws IOException {
            try {
                there.connect(server, (int) TimeUnit.SECONDS.toMillis(1));
                client.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
            } catch (IOException e) {
                reset();
                throw e;
            }
            connections.add(this);
            inBackground("to-server", () -> pump(client, there, Direction.TO_SERVER));
            inBackground("to-client", () -> pump(there, client, Direction.TO_CLIENT));
        }

        private void pump(Socket from, Socket to, Direction direction) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    pass(direction);
                    out.write(buffer, 0, read);
                }
                to.shutdownOutput();
                if (direction == Direction.TO_CLIENT) {
                    reset();
                }
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void reset() {
            connections.remove(this);
            for (Socket socket : new Socket[] {client, there}) {
                try {
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    // It is closed already.
                }
                closeQuietly(socket);
            }
        }
    }
}
