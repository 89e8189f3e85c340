package io.lexigram.cache.backend.redis;

import java.util.concurrent.CompletionStage;

/** What is done once there is a connection. */
@FunctionalInterface
interface Operation<T> {

    /** Sends the commands and returns without waiting for their answers. */
    CompletionStage<T> on(Link link);
}
