package io.lexigram.cache.service;

import java.util.concurrent.Executor;

/**
 * The executor of a service, which knows its own work. A thread at such work may wait for a load, and all threads may: a load
 * that such a thread waits for is given a thread of its own.
 */
final class Workers implements Executor {

    private final Executor executor;
    private final ThreadLocal<Boolean> atWork = new ThreadLocal<>();

    Workers(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable work) {
        executor.execute(() -> run(work));
    }

    /** Runs what the calling thread is going to wait for. */
    Executor awaited() {
        return atWork.get() == null ? this : this::inNewThread;
    }

    private void inNewThread(Runnable work) {
        Thread thread = new Thread(() -> run(work), "lexigram-cache-awaited");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Runnable work) {
        Boolean before = atWork.get();
        atWork.set(true);
        try {
            work.run();
        } finally {
            if (before == null) {
                atWork.remove();
            }
        }
    }
}
