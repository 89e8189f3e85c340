package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.Cached;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.PriorityOrdered;

@ExtendWith(OutputCaptureExtension.class)
class CacheAnnotationReportTest {

    @Test
    void a_bean_created_before_there_were_proxies_is_told_of(CapturedOutput output) {
        start(TooEarly.class);

        assertThat(output).contains("The cache annotations of bean 'early'", Early.class.getName(), "have no effect");
    }

    @Test
    void a_final_method_is_told_of(CapturedOutput output) {
        start(Hidden.class);

        assertThat(output).contains(Hidden.class.getName() + ".fixed has no effect: a final method");
    }

    @Test
    void a_private_method_is_told_of(CapturedOutput output) {
        start(Hidden.class);

        assertThat(output).contains(Hidden.class.getName() + ".secret has no effect: a private method");
    }

    @Test
    void a_static_method_is_told_of(CapturedOutput output) {
        start(Hidden.class);

        assertThat(output).contains(Hidden.class.getName() + ".common has no effect: a static method");
    }

    @Test
    void a_method_outside_the_interfaces_of_a_proxy_is_told_of(CapturedOutput output) {
        CachingContext.of(Map.of("spring.aop.proxy-target-class", "false"), WithInterface.class)
                .close();

        assertThat(output).contains(WithInterface.class.getName() + ".own has no effect: the bean has a proxy");
        assertThat(output).doesNotContain(WithInterface.class.getName() + ".get has no effect");
    }

    @Test
    void a_class_of_which_no_method_is_annotated_is_told_of(CapturedOutput output) {
        start(OnlyTheClass.class);

        assertThat(output).contains(OnlyTheClass.class.getName(), "none on a method: nothing is cached");
    }

    @Test
    void a_call_of_a_bean_to_itself_is_told_of_with_both_methods(CapturedOutput output) {
        start(CallingItself.class);

        String name = CallingItself.class.getName();
        assertThat(output).contains(name + ".report calls " + name + ".find on itself");
    }

    @Test
    void so_is_one_in_a_lambda(CapturedOutput output) {
        start(CallingItself.class);

        String name = CallingItself.class.getName();
        assertThat(output).contains(name + ".lazily calls " + name + ".find on itself");
    }

    @Test
    void a_call_to_another_object_of_the_class_is_not(CapturedOutput output) {
        start(CallingItself.class);

        assertThat(output).doesNotContain(".through calls").doesNotContain(".provided calls");
    }

    @Test
    void nothing_is_told_of_beans_that_are_as_they_should_be(CapturedOutput output) {
        start(AsItShouldBe.class);

        assertThat(output).doesNotContain("WARN");
    }

    @Test
    void the_caches_that_annotations_name_are_known_before_their_first_use() {
        try (CachingContext context = CachingContext.of(AsItShouldBe.class)) {
            assertThat(context.caches().cacheNames()).contains("found", "deleted");
        }
    }

    private static void start(Class<?> component) {
        CachingContext.of(component).close();
    }

    static class Early {

        @Cached(cache = "c", key = "#id")
        public String find(long id) {
            return "found";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TooEarly {

        @Bean
        static Early early() {
            return new Early();
        }

        @Bean
        static EagerPostProcessor needingIt(Early early) {
            return new EagerPostProcessor();
        }
    }

    static class EagerPostProcessor implements BeanPostProcessor, PriorityOrdered {

        @Override
        public int getOrder() {
            return 0;
        }
    }

    static class Hidden {

        @Cached(cache = "c", key = "#id")
        public final String fixed(long id) {
            return "found";
        }

        @Cached(cache = "c", key = "#id")
        private String secret(long id) {
            return "found";
        }

        @Cached(cache = "c", key = "#id")
        public static String common(long id) {
            return "found";
        }
    }

    static class WithInterface implements Supplier<String> {

        @Override
        @Cached(cache = "c")
        public String get() {
            return "got";
        }

        @Cached(cache = "c", key = "#id")
        public String own(long id) {
            return "found";
        }
    }

    @Cached(cache = "c")
    static class OnlyTheClass {

        public String find(long id) {
            return "found";
        }
    }

    static class CallingItself {

        private final ObjectProvider<CallingItself> self;

        CallingItself(ObjectProvider<CallingItself> self) {
            this.self = self;
        }

        @Cached(cache = "c", key = "#id")
        public String find(long id) {
            return "found";
        }

        public String report(long id) {
            return "report of " + find(id);
        }

        public Supplier<String> lazily(long id) {
            return () -> find(id);
        }

        public String through(CallingItself other, long id) {
            return other.find(id);
        }

        public String provided(long id) {
            return self.getObject().find(id);
        }
    }

    static class AsItShouldBe {

        @Cached(cache = "found", key = "#id")
        public String find(long id) {
            return "found";
        }

        @CacheInvalidate(cache = "deleted", allEntries = true)
        public void delete() {}
    }
}
