package io.lexigram.cache.service;

import java.util.concurrent.CountDownLatch;

/** A place where a thread stops until a test lets it go on. */
final class Gate {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Stops here, and returns the value once the gate is open. */
    <T> T pass(T value) throws InterruptedException {
        arrived.countDown();
        opened.await();
        return value;
    }

    void awaitArrival() throws InterruptedException {
        arrived.await();
    }

    void open() {
        opened.countDown();
    }
}
