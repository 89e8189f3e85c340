package io.lexigram.cache.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it hears: keys and groups by their name, flushes by their reason. */
public final class RecordingListener implements ChannelListener {

    public final List<String> keys = new CopyOnWriteArrayList<>();
    public final List<String> groups = new CopyOnWriteArrayList<>();
    public final List<FlushReason> flushes = new CopyOnWriteArrayList<>();

    @Override
    public void invalidated(Invalidation invalidation) {
        invalidation.keys().forEach(key -> keys.add(new String(key, UTF_8)));
        invalidation
                .groups()
                .forEach(group ->
                        groups.add(new String(group, UTF_8) + "@" + invalidation.stamp() + "/" + invalidation.nonce()));
    }

    @Override
    public void flush(FlushReason reason) {
        flushes.add(reason);
    }
}
