package io.lexigram.cache.autoconfigure.aop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Collects a flux that is to be cached. With one item more than the limit it stops asking for items, and lets the caller who
 * began it have what was collected and then the rest, at his own pace.
 */
final class FluxCollector extends BaseSubscriber<Object> {

    private final int limit;
    private final CompletableFuture<@Nullable Object> collected = new CompletableFuture<>();
    private final List<Object> items = new ArrayList<>();
    private final Sinks.Many<Object> rest = Sinks.many().unicast().onBackpressureBuffer();
    private volatile boolean passing;
    private volatile boolean abandoned;

    FluxCollector(int limit) {
        this.limit = limit;
    }

    /** The list of all items, or {@link StageCall#TOO_LONG}. */
    CompletableFuture<@Nullable Object> collected() {
        return collected;
    }

    /** All items of a flux that was too long; of the given one where somebody else has found out that it is. */
    Flux<Object> everythingOr(Flux<Object> anew) {
        return passing
                ? Flux.fromIterable(items)
                        .concatWith(rest.asFlux().doOnRequest(this::request).doOnCancel(this::cancel))
                : anew;
    }

    /** The caller wants no more; others may still wait for the list. */
    void abandon() {
        abandoned = true;
        if (passing) {
            cancel();
        }
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(limit + 1L);
    }

    @Override
    protected void hookOnNext(Object item) {
        if (passing) {
            rest.tryEmitNext(item);
            return;
        }
        items.add(item);
        if (items.size() > limit) {
            passing = true;
            if (abandoned) {
                cancel();
            }
            collected.complete(StageCall.TOO_LONG);
        }
    }

    @Override
    protected void hookOnComplete() {
        rest.tryEmitComplete();
        collected.complete(Collections.unmodifiableList(items));
    }

    @Override
    protected void hookOnError(Throwable failure) {
        rest.tryEmitError(failure);
        collected.completeExceptionally(failure);
    }
}
