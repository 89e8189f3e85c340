package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheConnectionException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the servers by the command {@code lru_crawler metadump}, which goes through all items of a server, whoever's
 * they are. A server does that for one client at a time, and drops a client that takes its time; so the keys of a server are
 * read before the first one is handed on.
 */
final class KeyDump {

    private static final byte[] COMMAND = "lru_crawler metadump hash\r\n".getBytes(US_ASCII);
    private static final int MOST_KEYS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final MemcachedSettings settings;
    private final Sockets sockets;
    private final LongSupplier ticker;

    KeyDump(MemcachedSettings settings, LongSupplier ticker) {
        this.settings = settings;
        this.sockets =
                new Sockets(settings, settings.timeout().compareTo(PATIENCE) > 0 ? settings.timeout() : PATIENCE);
        this.ticker = ticker;
    }

    Stream<byte[]> keys(byte[] prefix) {
        return settings.addresses().stream().flatMap(server -> keys(server, prefix).stream());
    }

    private List<byte[]> keys(InetSocketAddress server, byte[] prefix) {
        long begin = ticker.getAsLong();
        while (true) {
            List<byte[]> keys = attempt(server, prefix);
            if (keys != null) {
                return keys;
            }
            if (ticker.getAsLong() - begin > PATIENCE.toNanos()) {
                throw new CacheBackendException("Memcached at " + server + " has listed its keys to others for "
                        + PATIENCE.toSeconds() + " s; ask again later");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Null where the server is busy. */
    private @Nullable List<byte[]> attempt(InetSocketAddress server, byte[] prefix) {
        try (Socket connected = sockets.connect(server);
                Socket socket = sockets.secured(connected, server)) {
            socket.getOutputStream().write(COMMAND);
            return read(new BufferedInputStream(socket.getInputStream(), 1 << 16), prefix);
        } catch (IOException e) {
            throw new CacheConnectionException("Memcached at " + server + " did not list its keys: " + e, e);
        }
    }

    private static @Nullable List<byte[]> read(InputStream in, byte[] prefix) throws IOException {
        List<byte[]> keys = new ArrayList<>();
        for (String line = TextProtocol.line(in); !line.equals("END"); line = TextProtocol.line(in)) {
            if (line.startsWith("BUSY")) {
                return null;
            }
            if (!line.startsWith("key=")) {
                throw new CacheBackendException("Memcached does not list its keys: it answered '" + line
                        + "'. Use version 1.5.6 or newer with its LRU crawler on, or set list-keys: false.");
            }
            byte[] key = decoded(line.substring("key=".length(), end(line)));
            if (startsWith(key, prefix)) {
                if (keys.size() == MOST_KEYS) {
                    throw new CacheCapacityException(
                            "A Memcached server holds more than " + MOST_KEYS
                                    + " keys of this cache, which is more than are listed at once. Invalidate by tag or namespace.");
                }
                keys.add(key);
            }
        }
        return keys;
    }

    private static int end(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? line.length() : blank;
    }

    /** The bytes of percent-encoded text; what is no escape stays. */
    private static byte[] decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                bytes.write(c);
            } else {
                bytes.write(high << 4 | low);
                i += 2;
            }
        }
        return bytes.toByteArray();
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }
}
