package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheKeys;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.annotation.RequestCached;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.StringUtils;
import reactor.core.publisher.Flux;

class InvalidAnnotationTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void fails_the_start_up_with_a_sentence_that_says_what_to_write(Class<?> bean, String... parts) {
        assertThat(refusalOf(bean)).hasMessageContainingAll(parts);
    }

    static Stream<Arguments> fails_the_start_up_with_a_sentence_that_says_what_to_write() {
        return Stream.of(
                refused(MalformedKey.class, "key of @Cached on ", ".find(long) is '#id +'", "no valid expression"),
                refused(UnknownVariable.class, "'#nope'", "no variable #nope", "#id", "#p0", "#a0", "#root"),
                refused(ForgottenHash.class, "'id'", "write #id"),
                refused(ForgottenQuotes.class, "'all'", "write a text as ''all''"),
                refused(UnknownRoot.class, "no #root.cache", "targetClass"),
                refused(UnknownVariableInside.class, "no variable #nope"),
                refused(UnknownFunction.class, "#hash(#id) calls a function"),
                refused(MethodOfNothing.class, "#root.target.hash(...)"),
                refused(UnknownBean.class, "no bean named 'hashes'"),
                refused(Assigning.class, "must not assign"),
                refused(ResultTooEarly.class, "key of @Cached", "#result is not known before the method has run"),
                refused(ResultBeforeInvocation.class, "key of @CacheInvalidate", "#result is not known"),
                refused(MalformedCondition.class, "condition of @Cached", "'#id >'"),
                refused(MalformedUnless.class, "unless of @CacheUpdate", "'(#result'"),
                refused(MalformedTag.class, "tags of @Cached", "'product:#{#id'"),
                refused(UnknownInTag.class, "tags of @Cached", "no variable #nope"),
                refused(EmptyTag.class, "tags of @Cached", "it is empty"),
                refused(ControlCharacterInTag.class, "tags of @Cached", "cannot be a tag"),
                refused(UnknownInPattern.class, "pattern of @CacheInvalidate", "no variable #nope"),
                refused(NoDuration.class, "ttl of @Cached", "'ten minutes'", "10m", "PT10M"),
                refused(NoUnit.class, "ttl of @Cached", "'60'", "Write for example 60s"),
                refused(NotPositive.class, "ttl of @Cached", "'0s'", "must be positive"),
                refused(UnknownPlaceholder.class, "ttl of @Cached", "'${no.such.ttl}'", "Define it"),
                refused(NoDurationBehindPlaceholder.class, "'${no.duration:soon} = soon'", "not a duration"),
                refused(NoCache.class, "cache of @Cached", "name the cache here"),
                refused(NoTarget.class, "@CacheInvalidate", "key, a pattern, tags, or allEntries"),
                refused(TwoTargets.class, "pattern of @CacheInvalidate", "only one of key, pattern and allEntries"),
                refused(AllAndKey.class, "allEntries of @CacheInvalidate", "only one of"),
                refused(KeyAndGenerator.class, "keyGenerator of @Cached", "Leave out one"),
                refused(UnknownGenerator.class, "keyGenerator of @Cached", "'nobody'", "KeyGenerator"),
                refused(UnknownBackend.class, "backend of @Cached", "'nowhere': there is no such backend", "memory"),
                refused(NothingReturned.class, "return type of @Cached", "'void'", "@CacheInvalidate"),
                refused(ReadOnce.class, "return type of @Cached", "Stream", "used only once"),
                refused(ReadOncePerRequest.class, "return type of @RequestCached", "used only once"),
                refused(BareFuture.class, "return type of @CacheInvalidate", "CompletableFuture"),
                refused(TypeOfTheCaller.class, "return type of @Cached", "type variables"),
                refused(KeyOnClass.class, "key of @Cached on " + KeyOnClass.class.getName(), "Put it on the methods"),
                refused(TagsToInvalidateOnClass.class, "tags of @CacheInvalidate", "Put it on the methods"),
                refused(TwoOnClass.class, "a class can have one @Cached"),
                refused(LastOfMany.class, "no variable #nope"),
                refused(TwoBatches.class, "parameter of @CacheKeys on ", "only one parameter"),
                refused(BatchOfArray.class, "'long[]'", "Declare a List, a Set or a Collection"),
                refused(BatchToList.class, "return type of @Cached", "Return Map<java.lang.Long, ...>"),
                refused(BatchToOptional.class, "return type of @Cached", "Return Map<"),
                refused(BatchToFlux.class, "return type of @Cached", "Return Map<"),
                refused(BatchOfOtherKeys.class, "not of the type of the elements", "java.lang.Long"),
                refused(BatchOfOptionals.class, "Leave out the wrapping"),
                refused(BatchWithoutKey.class, "key of @Cached", "key = \"#key\""),
                refused(BatchNamingAll.class, "there is no variable #ids", "#key"),
                refused(BatchOfKey.class, "'key'", "Rename it"),
                refused(BatchInTwoCaches.class, "one @Cached, and no other"),
                refused(BatchInvalidating.class, "one @Cached, and no other"));
    }

    @Test
    void names_its_setting_and_value_for_those_who_analyze_failures() {
        InvalidCacheAnnotationException refusal = refusalOf(NoDuration.class);

        assertThat(refusal.setting()).isEqualTo("ttl of @Cached on " + NoDuration.class.getName() + ".find(long)");
        assertThat(refusal.value()).isEqualTo("ten minutes");
    }

    /** Whichever method is looked at first, in one of the classes it is another that is wrong. */
    @ParameterizedTest
    @ValueSource(classes = {FirstOfMany.class, LastOfMany.class})
    void of_a_bean_made_later_is_found_when_the_bean_is_made_and_not_by_a_call(Class<?> bean) {
        try (CachingContext context =
                CachingContext.of(Map.of("spring.aop.proxy-target-class", "false"), MadeLater.class)) {
            assertThatThrownBy(() -> context.bean(StringUtils.uncapitalize(bean.getSimpleName()), Many.class))
                    .hasRootCauseInstanceOf(InvalidCacheAnnotationException.class);
        }
    }

    private static Arguments refused(Class<?> bean, String... parts) {
        return Arguments.of(bean, parts);
    }

    private static InvalidCacheAnnotationException refusalOf(Class<?> bean) {
        Throwable failure = catchThrowable(() -> CachingContext.of(bean).close());
        while (failure != null && !(failure instanceof InvalidCacheAnnotationException)) {
            failure = failure.getCause();
        }
        assertThat(failure).as("the refusal of %s", bean.getSimpleName()).isNotNull();
        return (InvalidCacheAnnotationException) failure;
    }

    @Configuration(proxyBeanMethods = false)
    static class MadeLater {

        @Bean
        @Lazy
        static FirstOfMany firstOfMany() {
            return new FirstOfMany();
        }

        @Bean
        @Lazy
        static LastOfMany lastOfMany() {
            return new LastOfMany();
        }
    }

    static class MalformedKey {
        @Cached(cache = "c", key = "#id +")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownVariable {
        @Cached(cache = "c", key = "#nope")
        public String find(long id) {
            return "";
        }
    }

    static class ForgottenHash {
        @Cached(cache = "c", key = "id")
        public String find(long id) {
            return "";
        }
    }

    static class ForgottenQuotes {
        @Cached(cache = "c", key = "all")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownRoot {
        @Cached(cache = "c", key = "#root.cache")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownVariableInside {
        @Cached(cache = "c", key = "T(java.util.Objects).hash(#id, {1, #nope})")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownFunction {
        @Cached(cache = "c", key = "#hash(#id)")
        public String find(long id) {
            return "";
        }
    }

    static class MethodOfNothing {
        @Cached(cache = "c", key = "hash(#id)")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownBean {
        @Cached(cache = "c", key = "@hashes.of(#id)")
        public String find(long id) {
            return "";
        }
    }

    static class Assigning {
        @Cached(cache = "c", key = "#id = 5")
        public String find(long id) {
            return "";
        }
    }

    static class ResultTooEarly {
        @Cached(cache = "c", key = "#result")
        public String find(long id) {
            return "";
        }
    }

    static class ResultBeforeInvocation {
        @CacheInvalidate(cache = "c", key = "#result", beforeInvocation = true)
        public String find(long id) {
            return "";
        }
    }

    static class MalformedCondition {
        @Cached(cache = "c", key = "#id", condition = "#id >")
        public String find(long id) {
            return "";
        }
    }

    static class MalformedUnless {
        @CacheUpdate(cache = "c", key = "#id", unless = "(#result")
        public String find(long id) {
            return "";
        }
    }

    static class MalformedTag {
        @Cached(cache = "c", key = "#id", tags = "product:#{#id")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownInTag {
        @Cached(cache = "c", key = "#id", tags = "product:#{#nope}")
        public String find(long id) {
            return "";
        }
    }

    static class EmptyTag {
        @Cached(cache = "c", key = "#id", tags = "")
        public String find(long id) {
            return "";
        }
    }

    static class ControlCharacterInTag {
        @Cached(cache = "c", key = "#id", tags = "a\nb")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownInPattern {
        @CacheInvalidate(cache = "c", pattern = "user:#{#nope}:*")
        public String find(long id) {
            return "";
        }
    }

    static class NoDuration {
        @Cached(cache = "c", key = "#id", ttl = "ten minutes")
        public String find(long id) {
            return "";
        }
    }

    static class NoUnit {
        @Cached(cache = "c", key = "#id", ttl = "60")
        public String find(long id) {
            return "";
        }
    }

    static class NotPositive {
        @Cached(cache = "c", key = "#id", ttl = "0s")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownPlaceholder {
        @Cached(cache = "c", key = "#id", ttl = "${no.such.ttl}")
        public String find(long id) {
            return "";
        }
    }

    static class NoDurationBehindPlaceholder {
        @Cached(cache = "c", key = "#id", ttl = "${no.duration:soon}")
        public String find(long id) {
            return "";
        }
    }

    static class NoCache {
        @Cached(key = "#id")
        public String find(long id) {
            return "";
        }
    }

    static class NoTarget {
        @CacheInvalidate(cache = "c")
        public String find(long id) {
            return "";
        }
    }

    static class TwoTargets {
        @CacheInvalidate(cache = "c", key = "#id", pattern = "a*")
        public String find(long id) {
            return "";
        }
    }

    static class AllAndKey {
        @CacheInvalidate(cache = "c", key = "#id", allEntries = true)
        public String find(long id) {
            return "";
        }
    }

    static class KeyAndGenerator {
        @Cached(cache = "c", key = "#id", keyGenerator = "caches")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownGenerator {
        @Cached(cache = "c", keyGenerator = "nobody")
        public String find(long id) {
            return "";
        }
    }

    static class UnknownBackend {
        @Cached(cache = "c", key = "#id", backend = "nowhere")
        public String find(long id) {
            return "";
        }
    }

    static class NothingReturned {
        @Cached(cache = "c", key = "#id")
        public void find(long id) {}
    }

    static class ReadOnce {
        @Cached(cache = "c", key = "#id")
        public Stream<String> find(long id) {
            return Stream.of();
        }
    }

    static class ReadOncePerRequest {
        @RequestCached
        public Stream<String> find(long id) {
            return Stream.of();
        }
    }

    static class BareFuture {
        @CacheInvalidate(cache = "c", key = "#id")
        public Future<String> find(long id) {
            throw new UnsupportedOperationException();
        }
    }

    static class TypeOfTheCaller {
        @Cached(cache = "c", key = "#id")
        public <T> List<T> find(long id, Class<T> type) {
            return List.of();
        }
    }

    @Cached(cache = "c", key = "#id")
    static class KeyOnClass {
        @Cached
        public String find(long id) {
            return "";
        }
    }

    @CacheInvalidate(cache = "c", tags = "t")
    static class TagsToInvalidateOnClass {
        @CacheInvalidate(key = "#id")
        public void delete(long id) {}
    }

    @Cached(cache = "c")
    @Cached(cache = "d")
    static class TwoOnClass {
        @Cached(key = "#id")
        public String find(long id) {
            return "";
        }
    }

    interface Many {
        String a(long id);

        String b(long id);

        String z(long id);
    }

    static class FirstOfMany implements Many {
        @Override
        @Cached(cache = "c", key = "#nope")
        public String a(long id) {
            return "";
        }

        @Override
        @Cached(cache = "c", key = "#id")
        public String b(long id) {
            return "";
        }

        @Override
        @Cached(cache = "c", key = "#id")
        public String z(long id) {
            return "";
        }
    }

    static class LastOfMany implements Many {
        @Override
        @Cached(cache = "c", key = "#id")
        public String a(long id) {
            return "";
        }

        @Override
        @Cached(cache = "c", key = "#id")
        public String b(long id) {
            return "";
        }

        @Override
        @Cached(cache = "c", key = "#nope")
        public String z(long id) {
            return "";
        }
    }

    static class TwoBatches {

        @Cached(cache = "products")
        public Map<Long, String> find(@CacheKeys List<Long> ids, @CacheKeys List<Long> others) {
            throw new AssertionError();
        }
    }

    static class BatchOfArray {

        @Cached(cache = "products")
        public Map<Long, String> find(@CacheKeys long[] ids) {
            throw new AssertionError();
        }
    }

    static class BatchToList {

        @Cached(cache = "products")
        public List<String> find(@CacheKeys List<Long> ids) {
            throw new AssertionError();
        }
    }

    static class BatchToOptional {

        @Cached(cache = "products")
        public Optional<Map<Long, String>> find(@CacheKeys List<Long> ids) {
            throw new AssertionError();
        }
    }

    static class BatchToFlux {

        @Cached(cache = "products")
        public Flux<String> find(@CacheKeys List<Long> ids) {
            throw new AssertionError();
        }
    }

    static class BatchOfOtherKeys {

        @Cached(cache = "products")
        public Map<String, String> find(@CacheKeys List<Long> ids) {
            throw new AssertionError();
        }
    }

    static class BatchOfOptionals {

        @Cached(cache = "products")
        public Map<Long, Optional<String>> find(@CacheKeys List<Long> ids) {
            throw new AssertionError();
        }
    }

    static class BatchWithoutKey {

        @Cached(cache = "products")
        public Map<Long, String> find(@CacheKeys List<Long> ids, String currency) {
            throw new AssertionError();
        }
    }

    static class BatchNamingAll {

        @Cached(cache = "products", key = "#ids")
        public Map<Long, String> find(@CacheKeys List<Long> ids) {
            throw new AssertionError();
        }
    }

    static class BatchOfKey {

        @Cached(cache = "products", key = "#key")
        public Map<Long, String> find(@CacheKeys List<Long> ids, String key) {
            throw new AssertionError();
        }
    }

    static class BatchInTwoCaches {

        @Cached(cache = "products")
        @Cached(cache = "others")
        public Map<Long, String> find(@CacheKeys List<Long> ids) {
            throw new AssertionError();
        }
    }

    static class BatchInvalidating {

        @Cached(cache = "products")
        @CacheInvalidate(cache = "others", allEntries = true)
        public Map<Long, String> find(@CacheKeys List<Long> ids) {
            throw new AssertionError();
        }
    }
}
