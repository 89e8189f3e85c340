package io.lexigram.cache.history;

import io.lexigram.cache.spi.ByteBackend;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What a backend can get wrong, each planted by changing the calls that pass through it. */
enum PlantedFault {
    NONE {
        @Override
        Object pass(Call call) {
            return call.proceed();
        }
    },
    /** Half of the deletes are answered and not executed. */
    DELETE_FORGOTTEN {
        @Override
        Object pass(Call call) {
            boolean forgets = call.is("delete") && ThreadLocalRandom.current().nextBoolean();
            return forgets ? CompletableFuture.completedFuture(true) : call.proceed();
        }
    },
    /** Deletes are answered at once and executed later. */
    DELETE_ANSWERED_EARLY {
        @Override
        Object pass(Call call) {
            if (!call.is("delete")) {
                return call.proceed();
            }
            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(call::proceed);
            return CompletableFuture.completedFuture(true);
        }
    };

    /** What is asked of the backend, or answers in its place. */
    abstract Object pass(Call call);

    ByteBackend plantedIn(ByteBackend backend) {
        return this == NONE ? backend : FaultyBytes.wrap(backend, this::pass);
    }
}
