package io.lexigram.cache;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Begins to compute a missing value without blocking. A failure of the stage reaches the caller unchanged. */
@FunctionalInterface
public interface AsyncLoader<V> {

    CompletionStage<@Nullable V> load(LoadContext context);
}
