package io.lexigram.cache.backend;

import io.lexigram.cache.spi.ConnectionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Several listeners as one; further ones may come at any time. */
public final class ConnectionListeners implements ConnectionListener {

    private final List<ConnectionListener> all = new CopyOnWriteArrayList<>();

    public void add(ConnectionListener listener) {
        all.add(listener);
    }

    @Override
    public void connected() {
        all.forEach(ConnectionListener::connected);
    }

    @Override
    public void disconnected() {
        all.forEach(ConnectionListener::disconnected);
    }
}
