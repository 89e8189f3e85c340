package io.lexigram.cache.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Where values come from: each says whose it is, and is of a higher version than the one before. */
final class Source {

    private final Map<String, AtomicLong> versions = new ConcurrentHashMap<>();

    /** What a loader reads. */
    String load(String key) {
        return value(key, versionOf(key).get());
    }

    /** Changes the value. @return its version */
    long change(String key) {
        return versionOf(key).incrementAndGet();
    }

    private AtomicLong versionOf(String key) {
        return versions.computeIfAbsent(key, unknown -> new AtomicLong());
    }

    static String value(String key, long version) {
        return key + "=" + version;
    }

    /** @throws IllegalArgumentException when it is the value of another key */
    static long version(String key, String value) {
        if (!value.startsWith(key + "=")) {
            throw new IllegalArgumentException("The value of " + key + " is " + value);
        }
        return Long.parseLong(value.substring(key.length() + 1));
    }
}
