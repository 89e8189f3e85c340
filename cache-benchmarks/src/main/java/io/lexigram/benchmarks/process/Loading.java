package io.lexigram.benchmarks.process;

import io.lexigram.benchmarks.Product;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A cache that is asked for what it may have to load. */
interface Loading {

    @Nullable
    Product get(String key, Callable<Product> loader) throws Exception;
}
