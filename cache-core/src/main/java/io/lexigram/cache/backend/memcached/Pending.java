package io.lexigram.cache.backend.memcached;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request that is not answered yet. One that is given up before it is sent never will be. */
final class Pending<T extends @Nullable Object> {

    private final Request<T> request;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private volatile boolean givenUp;
    private volatile @Nullable Runnable withdrawal;

    Pending(Request<T> request) {
        this.request = request;
    }

    Request<T> request() {
        return request;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /** @param answered an {@link Item}, a Boolean, a Long, or null */
    void complete(@Nullable Object answered) {
        try {
            answer.complete(request.outcome().apply(answered));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    void fail(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** What takes it back from a queue, done at once where it was given up already. */
    void onGiveUp(Runnable withdraw) {
        withdrawal = withdraw;
        if (givenUp) {
            withdraw.run();
        }
    }

    void giveUp() {
        givenUp = true;
        Runnable withdraw = withdrawal;
        if (withdraw != null) {
            withdraw.run();
        }
    }
}
