package io.lexigram.cache.autoconfigure.request;

import io.lexigram.cache.annotation.RequestCached;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A bean whose answers tell how often it ran. */
class Users {

    private final AtomicInteger runs = new AtomicInteger();

    @RequestCached
    public String current() {
        return "run " + runs.incrementAndGet();
    }

    @RequestCached
    public Mono<String> later() {
        return Mono.fromSupplier(() -> "run " + runs.incrementAndGet());
    }
}
