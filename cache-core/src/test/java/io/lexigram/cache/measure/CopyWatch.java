package io.lexigram.cache.measure;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * The other node of {@link CoherenceLag}, a process of its own. A line names a value; it says {@value #READY} as soon as it serves
 * a copy of it, reads it again and again, and says {@value #GONE} with the moment at which the first read began that did not
 * answer it, by {@link System#nanoTime()}, which on one Linux host is one clock for all processes.
 */
final class CopyWatch {

    static final String READY = "ready";
    static final String GONE = "gone ";

    private static final long PAUSE_NANOS = 50_000;

    private final Cache<String> cache;

    private CopyWatch(Cache<String> cache) {
        this.cache = cache;
    }

    public static void main(String[] arguments) throws IOException {
        CacheService service = CoherenceLag.service(arguments[0]);
        CopyWatch watch = new CopyWatch(CoherenceLag.cache(service));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.US_ASCII);
        for (String old = in.readLine(); old != null; old = in.readLine()) {
            watch.awaitCopy(old);
            out.println(READY);
            out.println(GONE + watch.gone(old));
        }
        System.exit(0);
    }

    private void awaitCopy(String value) {
        while (!value.equals(cache.get(CoherenceLag.KEY))
                || !cache.inspect(CoherenceLag.KEY).answeredBy().endsWith(".l1")) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private long gone(String old) {
        while (true) {
            long begin = System.nanoTime();
            if (!old.equals(cache.get(CoherenceLag.KEY))) {
                return begin;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
