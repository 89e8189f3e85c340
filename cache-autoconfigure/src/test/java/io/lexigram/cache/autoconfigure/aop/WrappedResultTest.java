package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.Result;
import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.Cached;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WrappedResultTest {

    private static final Result<String> FAILURE = Result.failure(new CacheException("no connection"));

    @AutoClose
    private final CachingContext context = CachingContext.of(Products.class);

    private final Products products = context.bean(Products.class);

    @Test
    void the_content_of_an_optional_is_cached() {
        assertThat(products.optional("lamp")).contains("lamp 1");
        assertThat(products.optional("lamp")).contains("lamp 1");

        assertThat(context.cache("optional", String.class).get("lamp")).isEqualTo("lamp 1");
    }

    @Test
    void an_empty_optional_is_a_cached_null() {
        assertThat(products.optional("")).isEmpty();
        assertThat(products.optional("")).isEmpty();

        assertThat(products.runs()).isEqualTo(1);
    }

    @Test
    void an_empty_optional_is_null_to_an_expression() {
        products.present("");

        assertThat(context.cache("present").keys("*")).isEmpty();
    }

    @Test
    void the_value_of_a_success_is_cached() {
        assertThat(products.result("lamp")).isEqualTo(Result.success("lamp 1"));
        assertThat(products.result("lamp")).isEqualTo(Result.success("lamp 1"));
    }

    @Test
    void a_failure_is_returned_as_it_is_and_not_cached() {
        assertThat(products.result("")).isSameAs(FAILURE);
        assertThat(products.result("")).isSameAs(FAILURE);

        assertThat(products.runs()).isEqualTo(2);
    }

    @Test
    void a_failure_is_returned_to_everybody_who_waits_for_the_run() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        List<CompletableFuture<Result<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            CompletableFuture<Result<String>> answer = new CompletableFuture<>();
            new Thread(() -> answer.complete(products.resultAfter(gate, ""))).start();
            answers.add(answer);
        }
        await().until(() -> context.cache("result-after").stats().coalesced() == 3);
        gate.complete("open");

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isSameAs(FAILURE));
        assertThat(products.runs()).isEqualTo(1);
        assertThat(context.cache("result-after").keys("*")).isEmpty();
    }

    @Test
    void so_is_the_failure_that_a_future_comes_to_for_everybody_who_waits() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        List<CompletableFuture<Result<String>>> answers = List.of(
                products.resultLaterAfter(gate, ""),
                products.resultLaterAfter(gate, ""),
                products.resultLaterAfter(gate, ""));
        gate.complete("open");

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isSameAs(FAILURE));
        assertThat(products.runs()).isEqualTo(1);
        assertThat(context.cache("result-after").keys("*")).isEmpty();
    }

    @Test
    void so_is_the_failure_that_a_future_comes_to() {
        assertThat(products.resultLater("").join()).isSameAs(FAILURE);
        assertThat(products.resultLater("").join()).isSameAs(FAILURE);

        assertThat(products.runs()).isEqualTo(2);
    }

    @Test
    void after_a_failure_nothing_is_invalidated() {
        context.cache("products").put("lamp", "there");
        products.delete("lamp", "");

        assertThat(context.cache("products").exists("lamp")).isTrue();
    }

    static class Products {

        private final AtomicInteger runs = new AtomicInteger();

        int runs() {
            return runs.get();
        }

        @Cached(cache = "optional", key = "#name.isEmpty() ? 'none' : #name")
        public Optional<String> optional(String name) {
            int run = runs.incrementAndGet();
            return name.isEmpty() ? Optional.empty() : Optional.of(name + " " + run);
        }

        @Cached(cache = "present", key = "'key'", unless = "#result == null")
        public Optional<String> present(String name) {
            return Optional.empty();
        }

        @Cached(cache = "result", key = "'of ' + #name")
        public Result<String> result(String name) {
            int run = runs.incrementAndGet();
            return name.isEmpty() ? FAILURE : Result.success(name + " " + run);
        }

        @Cached(cache = "result-after", key = "'of ' + #name")
        public Result<String> resultAfter(CompletableFuture<String> gate, String name) {
            gate.join();
            return result(name);
        }

        @Cached(cache = "result-after", key = "'of ' + #name")
        public CompletableFuture<Result<String>> resultLaterAfter(CompletableFuture<String> gate, String name) {
            return gate.thenApply(open -> result(name));
        }

        @Cached(cache = "result-later", key = "'of ' + #name")
        public CompletableFuture<Result<String>> resultLater(String name) {
            return CompletableFuture.completedFuture(result(name));
        }

        @CacheInvalidate(cache = "products", key = "#name")
        public Result<String> delete(String name, String result) {
            return result(result);
        }
    }
}
