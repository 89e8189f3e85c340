package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text protocol: what is sent for a request, and what the server answers. */
final class TextProtocol {

    private static final byte[] END_OF_LINE = {'\r', '\n'};
    private static final int MOST_LINE = 4_096;

    /** {@code VALUE key flags bytes cas} */
    private static final int PARTS_OF_VALUE = 5;

    private TextProtocol() {}

    static void write(Request<?> request, OutputStream out) throws IOException {
        if (request instanceof Request.Store store) {
            write(store, out);
        } else if (request instanceof Request.Increment count) {
            line("incr " + count.key() + " " + count.by(), out);
        } else {
            line((request instanceof Request.Get ? "gets " : "delete ") + request.key(), out);
        }
    }

    private static void write(Request.Store store, OutputStream out) throws IOException {
        String line = store.mode().name().toLowerCase(Locale.ROOT) + " " + store.key() + " "
                + Integer.toUnsignedString(store.expiry().flags()) + " "
                + store.expiry().time() + " " + store.value().length;
        line(store.mode() == Request.Mode.CAS ? line + " " + Long.toUnsignedString(store.cas()) : line, out);
        out.write(store.value());
        out.write(END_OF_LINE);
    }

    static void line(String line, OutputStream out) throws IOException {
        out.write(line.getBytes(UTF_8));
        out.write(END_OF_LINE);
    }

    /**
     * The answer to a request, as the request takes it.
     *
     * @throws CacheException where the server refused it; what follows is the next answer
     * @throws IOException where it is no answer to the request; nothing further can be read
     */
    static @Nullable Object read(Request<?> request, InputStream in) throws IOException {
        String line = line(in);
        if (line.startsWith("SERVER_ERROR") || line.startsWith("CLIENT_ERROR")) {
            throw refused(line);
        }
        if (request instanceof Request.Get) {
            return line.equals("END") ? null : item(line, in);
        }
        if (request instanceof Request.Increment) {
            return line.equals("NOT_FOUND") ? null : (Object) number(line);
        }
        return switch (line) {
            case "STORED", "DELETED" -> true;
            case "NOT_STORED", "EXISTS", "NOT_FOUND" -> false;
            default -> throw unknown(line);
        };
    }

    private static CacheException refused(String line) {
        return line.contains("too large")
                ? new CacheCapacityException("Memcached refused the value: " + line)
                : new CacheBackendException("Memcached refused a command: " + line);
    }

    private static Item item(String line, InputStream in) throws IOException {
        String[] parts = line.split(" ", -1);
        if (parts.length != PARTS_OF_VALUE || !parts[0].equals("VALUE")) {
            throw unknown(line);
        }
        int length = (int) number(parts[3]);
        if (length < 0) {
            throw unknown(line);
        }
        byte[] value = in.readNBytes(length);
        if (value.length < length || !line(in).isEmpty() || !line(in).equals("END")) {
            throw new IOException("the value of " + parts[1] + " does not end after " + length + " bytes");
        }
        return new Item(value, (int) number(parts[2]), number(parts[4]));
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw unknown(text);
        }
    }

    private static IOException unknown(String line) {
        return new IOException("Memcached answered '" + line + "', which is no answer to what it was asked");
    }

    /** The next line without its end. */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.size() == MOST_LINE) {
                throw new IOException("a line has more than " + MOST_LINE + " bytes");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(US_ASCII);
    }
}
