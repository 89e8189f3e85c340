package io.lexigram.cache.measure;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Another client of the server, in a process of its own so that it shares no garbage collection with what is measured: sends
 * a PING, waits for the answer, pauses for 100 µs, and so on. It begins at a line on standard input, ends at the next one,
 * and answers with the round trips as {@link Pings#toLine} writes them.
 */
final class PingProbe {

    private static final int WARM_UP = 20_000;
    private static final long PAUSE_NANOS = 100_000;

    private final RedisCommands<String, String> commands;
    private long[] nanos = new long[1 << 20];
    private int count;

    private PingProbe(RedisCommands<String, String> commands) {
        this.commands = commands;
    }

    public static void main(String[] arguments) throws IOException {
        RedisClient client = RedisClient.create(RedisURI.create(arguments[0]));
        try {
            new PingProbe(client.connect().sync()).serve();
        } finally {
            client.shutdown();
        }
    }

    private void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.US_ASCII);
        for (int i = 0; i < WARM_UP; i++) {
            ping();
        }
        out.println("ready");
        while (in.readLine() != null) {
            count = 0;
            out.println("begun");
            while (!in.ready()) {
                add(ping());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            String end = in.readLine();
            out.println(end == null ? "" : Pings.of(nanos, count).toLine());
        }
    }

    private long ping() {
        long begin = System.nanoTime();
        commands.ping();
        return System.nanoTime() - begin;
    }

    private void add(long sample) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = sample;
    }
}
