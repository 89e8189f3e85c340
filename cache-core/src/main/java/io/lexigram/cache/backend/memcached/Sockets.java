package io.lexigram.cache.backend.memcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Makes connections that are read and written by blocking, encrypted where the settings say so. */
final class Sockets {

    private final int connectMillis;
    private final int readMillis;
    private final @Nullable MemcachedTls tls;

    /** @param longestRead the longest wait for something to be sent */
    Sockets(MemcachedSettings settings, Duration longestRead) {
        this.connectMillis = Math.toIntExact(settings.connectTimeout().toMillis());
        this.readMillis = Math.toIntExact(longestRead.toMillis());
        this.tls = settings.tls();
    }

    /** Not encrypted yet. Closing it ends all reading and writing at once, also through {@link #secured}. */
    Socket connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(server, connectMillis);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** What is to be read and written in its place; itself without TLS. */
    Socket secured(Socket socket, InetSocketAddress server) throws IOException {
        if (tls == null) {
            socket.setSoTimeout(readMillis);
            return socket;
        }
        socket.setSoTimeout(connectMillis);
        SSLSocket secured = (SSLSocket)
                tls.context().getSocketFactory().createSocket(socket, server.getHostString(), server.getPort(), true);
        tls.applyTo(secured);
        secured.startHandshake();
        secured.setSoTimeout(readMillis);
        return secured;
    }
}
