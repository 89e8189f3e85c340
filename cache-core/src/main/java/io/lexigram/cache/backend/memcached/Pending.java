package io.lexigram.cache.backend.memcached;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import net.rubyeye.xmemcached.command.Command;
import org.jspecify.annotations.Nullable;

/** A command that is not answered yet. The library counts down the latch of a command when it is. */
final class Pending<T extends @Nullable Object> extends CountDownLatch {

    private final Request<T> request;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final Command command;

    Pending(Request<T> request) {
        super(1);
        this.request = request;
        this.command = request.command().apply(this);
    }

    Command command() {
        return command;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    @Override
    public void countDown() {
        super.countDown();
        Exception failure = command.getException();
        if (failure != null) {
            fail(failure);
            return;
        }
        try {
            answer.complete(request.outcome().apply(command));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    void fail(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    /** A command that is not sent yet never will be. */
    void giveUp() {
        command.cancel();
    }
}
