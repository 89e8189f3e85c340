package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lexigram.cache.testing.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server and spoils each SET with NX and GET, which older servers call a syntax error. */
final class RefusingNxGet implements AutoCloseable {

    private static final String NX_GET = "NX\r\n$3\r\nGET\r\n";

    private final AtomicInteger refused = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket door;
    private final RedisServer server;

    RefusingNxGet(RedisServer server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + door.getLocalPort();
    }

    int refused() {
        return refused.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            Socket upstream = new Socket(server.host(), server.port());
            sockets.addAll(List.of(client, upstream));
            start(() -> copy(client.getInputStream(), upstream.getOutputStream(), true));
            start(() -> copy(upstream.getInputStream(), client.getOutputStream(), false));
        }
    }

    private void copy(InputStream in, OutputStream out, boolean spoil) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            String text = new String(buffer, 0, read, ISO_8859_1);
            if (spoil && text.contains(NX_GET)) {
                refused.incrementAndGet();
                text = text.replace(NX_GET, NX_GET.replace("GET", "GOT"));
            }
            out.write(text.getBytes(ISO_8859_1));
            out.flush();
        }
    }

    private static void start(Copying work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The other side closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Copying {
        void run() throws IOException;
    }
}
