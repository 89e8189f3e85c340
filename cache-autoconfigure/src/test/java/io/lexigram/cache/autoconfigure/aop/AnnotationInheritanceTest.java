package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.Cached;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;

class AnnotationInheritanceTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(
            Implementing.class,
            Renaming.class,
            Overriding.class,
            Inheriting.class,
            Composed.class,
            Defaulted.class,
            Books.class,
            Films.class,
            Repositories.class);

    @Test
    void an_annotation_on_an_interface_counts_for_the_class_that_implements_it() {
        context.bean(Implementing.class).find(1);

        assertThat(context.cache("of-interface").exists("1")).isTrue();
    }

    @Test
    void its_expressions_may_name_the_parameters_as_the_class_does() {
        context.bean(Renaming.class).find(2);

        assertThat(context.cache("renamed").exists("2")).isTrue();
    }

    @Test
    void an_own_annotation_replaces_the_inherited_one_of_its_kind() {
        context.bean(Overriding.class).find(1);

        assertThat(context.cache("of-interface").exists("1")).isFalse();
        assertThat(context.cache("own").exists("1")).isTrue();
    }

    @Test
    void an_own_annotation_leaves_the_inherited_ones_of_other_kinds() {
        context.cache("cleared").put("1", "there");
        context.bean(Overriding.class).find(1);

        assertThat(context.cache("cleared").exists("1")).isFalse();
    }

    @Test
    void a_method_inherited_from_a_class_counts_for_an_interface_of_the_subclass() {
        context.bean(Inheriting.class).find(1);

        assertThat(context.cache("of-interface").exists("1")).isTrue();
    }

    @Test
    void an_annotation_may_be_composed() {
        context.bean(Composed.class).find(1);

        assertThat(context.cache("composed").ttl("1").orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void the_class_gives_its_methods_the_name_of_the_cache_lifetime_and_tags() {
        context.bean(Defaulted.class).find(1);

        var entry = context.cache("defaults").getEntry("1").orElseThrow();
        assertThat(entry.tags()).containsExactly("common");
        assertThat(context.cache("defaults").ttl("1").orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void what_the_method_says_goes_before_the_class() {
        context.bean(Defaulted.class).own(1);

        var entry = context.cache("own").getEntry("1").orElseThrow();
        assertThat(entry.tags()).containsExactly("own");
    }

    @Test
    void the_name_of_the_cache_serves_annotations_of_other_kinds_too() {
        context.bean(Defaulted.class).find(1);
        context.bean(Defaulted.class).delete(1);

        assertThat(context.cache("defaults").exists("1")).isFalse();
    }

    @Test
    void the_tags_of_the_class_are_not_what_its_methods_invalidate() {
        context.bean(Defaulted.class).find(1);
        context.bean(Defaulted.class).find(2);
        context.bean(Defaulted.class).delete(1);

        assertThat(context.cache("defaults").exists("2")).isTrue();
    }

    @Test
    void the_class_alone_caches_nothing() {
        context.bean(Defaulted.class).plain(1);

        assertThat(context.cache("defaults").keys("*")).isEmpty();
    }

    @Test
    void services_that_inherit_one_method_do_not_read_each_others_entries() {
        assertThat(context.bean(Books.class).name(1)).isEqualTo("Books 1");
        assertThat(context.bean(Films.class).name(1)).isEqualTo("Films 1");
    }

    @Test
    void a_type_variable_is_what_the_class_says_it_is() {
        context.bean(Books.class).find(1);

        assertThat(context.caches().cache("things", Book.class).keys("*")).hasSize(1);
        assertThat(context.caches().cache("things", Book.class).keys("*").map(key -> context.cache("things", Book.class)
                        .get(key)))
                .containsExactly(new Book("1"));
    }

    @Test
    void the_interface_of_a_bean_that_is_a_proxy_counts() {
        context.bean(BookRepository.class).load(1);

        assertThat(context.cache("repository", Book.class).get("1")).isEqualTo(new Book("1"));
    }

    interface Finding {

        @Cached(cache = "of-interface", key = "#id")
        @CacheInvalidate(cache = "cleared", allEntries = true)
        String find(long id);
    }

    static class Implementing implements Finding {

        @Override
        public String find(long number) {
            return "found " + number;
        }
    }

    interface Renamed {

        @Cached(cache = "renamed", key = "#number")
        String find(long id);
    }

    static class Renaming implements Renamed {

        @Override
        public String find(long number) {
            return "found " + number;
        }
    }

    static class Overriding implements Finding {

        @Override
        @Cached(cache = "own", key = "#id")
        public String find(long id) {
            return "found " + id;
        }
    }

    static class Unaware {

        public String find(long id) {
            return "found " + id;
        }
    }

    static class Inheriting extends Unaware implements Finding {}

    @Retention(RetentionPolicy.RUNTIME)
    @Cached(cache = "composed", ttl = "30s")
    @interface Briefly {

        @AliasFor(annotation = Cached.class, attribute = "key")
        String value();
    }

    static class Composed {

        @Briefly("#id")
        public String find(long id) {
            return "found " + id;
        }
    }

    @Cached(cache = "defaults", ttl = "30s", tags = "common")
    static class Defaulted {

        @Cached(key = "#id")
        public String find(long id) {
            return "found " + id;
        }

        @Cached(cache = "own", key = "#id", tags = "own")
        public String own(long id) {
            return "found " + id;
        }

        @CacheInvalidate(key = "#id")
        public void delete(long id) {}

        public String plain(long id) {
            return "found " + id;
        }
    }

    abstract static class Things<T> {

        @Cached(cache = "things")
        public T find(long id) {
            return make("" + id);
        }

        @Cached(cache = "names")
        public String name(long id) {
            return getClass().getSimpleName() + " " + id;
        }

        abstract T make(String id);
    }

    record Book(String id) {}

    record Film(String id) {}

    static class Books extends Things<Book> {

        @Override
        Book make(String id) {
            return new Book(id);
        }
    }

    static class Films extends Things<Film> {

        @Override
        Film make(String id) {
            return new Film(id);
        }
    }

    interface Repository<T> {

        T load(long id);
    }

    interface BookRepository extends Repository<Book> {

        @Override
        @Cached(cache = "repository", key = "#id")
        Book load(long id);
    }

    @Configuration(proxyBeanMethods = false)
    static class Repositories {

        @Bean
        static FactoryBean<BookRepository> books() {
            return new FactoryBean<>() {
                @Override
                public BookRepository getObject() {
                    return (BookRepository) Proxy.newProxyInstance(
                            BookRepository.class.getClassLoader(),
                            new Class<?>[] {BookRepository.class},
                            (proxy, method, args) ->
                                    Map.of("load", new Book("" + args[0])).get(method.getName()));
                }

                @Override
                public Class<?> getObjectType() {
                    return BookRepository.class;
                }
            };
        }
    }
}
