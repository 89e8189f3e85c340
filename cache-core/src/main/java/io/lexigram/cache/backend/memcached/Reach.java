package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.backend.ConnectionListeners;
import io.lexigram.cache.spi.ConnectionListener;
import java.util.concurrent.locks.ReentrantLock;

/** Tells whether servers can be reached: while there is a connection to any of them. */
final class Reach {

    private final ConnectionListeners listeners = new ConnectionListeners();
    private final ReentrantLock lock = new ReentrantLock();
    private int connections;
    private boolean reportedDown;
    private boolean closed;

    void add(ConnectionListener listener) {
        listeners.add(listener);
    }

    /** An attempt to connect to all servers is over. */
    void attempted() {
        lock.lock();
        try {
            if (connections == 0) {
                reportDown();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What happens to connections from now on is the end that was wanted. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** One connection was made. */
    void connected() {
        lock.lock();
        try {
            connections++;
            if (connections == 1 && !closed) {
                reportedDown = false;
                listeners.connected();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One connection is gone. */
    void disconnected() {
        lock.lock();
        try {
            connections--;
            if (connections == 0) {
                reportDown();
            }
        } finally {
            lock.unlock();
        }
    }

    private void reportDown() {
        if (!reportedDown && !closed) {
            reportedDown = true;
            listeners.disconnected();
        }
    }
}
