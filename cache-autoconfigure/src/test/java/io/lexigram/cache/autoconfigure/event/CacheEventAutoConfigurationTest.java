package io.lexigram.cache.autoconfigure.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEvent.Connected;
import io.lexigram.cache.event.CacheEvent.Disconnected;
import io.lexigram.cache.event.CacheEvent.Evicted;
import io.lexigram.cache.event.CacheEvent.Hit;
import io.lexigram.cache.event.CacheEvent.Miss;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

class CacheEventAutoConfigurationTest {

    private final ApplicationContextRunner runner = Imports.runner();

    @Test
    void a_listener_method_hears_the_events_it_names() {
        runner.withBean(OfMisses.class).run(context -> {
            Cache<String> users = context.getBean(CacheService.class).cache("users", String.class);
            users.put("1", "Ada");
            users.get("1");
            users.get("2");

            await().untilAsserted(() ->
                    assertThat(context.getBean(OfMisses.class).heard).containsExactly(new Miss("users", "2")));
            assertThat(wanted(context)).containsExactly(Miss.class);
        });
    }

    @Test
    void where_nobody_listens_no_event_is_made() {
        runner.withBean(OfEverything.class)
                .run(context -> assertThat(wanted(context)).isEmpty());
    }

    @Test
    void a_listener_to_all_cache_events_wants_all_of_them() {
        runner.withBean(OfAllCacheEvents.class).run(context -> assertThat(wanted(context))
                .containsExactlyInAnyOrder(CacheEvent.class.getPermittedSubclasses()));
    }

    @Test
    void events_are_found_that_only_the_annotation_names() {
        runner.withBean(ByAnnotation.class)
                .run(context -> assertThat(wanted(context)).containsExactlyInAnyOrder(Hit.class, Evicted.class));
    }

    @Test
    void listeners_that_implement_the_interface_are_found_as_beans_of_methods_and_by_registration() {
        runner.withUserConfiguration(ListenerBean.class)
                .run(context -> assertThat(wanted(context)).containsExactly(Connected.class));
        runner.withInitializer(context -> context.addApplicationListener(new OfDisconnections()))
                .run(context -> assertThat(wanted(context)).containsExactly(Disconnected.class));
    }

    private static Set<Class<?>> wanted(org.springframework.context.ApplicationContext context) {
        CacheEventPublisher publisher = context.getBean(CacheEventPublisher.class);
        return Stream.of(CacheEvent.class.getPermittedSubclasses())
                .filter(kind -> publisher.accepts(kind.asSubclass(CacheEvent.class)))
                .collect(Collectors.toSet());
    }

    static class OfMisses {

        final List<CacheEvent> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void on(Miss event) {
            heard.add(event);
        }
    }

    static class OfEverything implements ApplicationListener<ApplicationEvent> {

        @EventListener
        void on(Object event) {}

        void notAListener(Miss event) {}

        @Override
        public void onApplicationEvent(ApplicationEvent event) {}
    }

    static class OfAllCacheEvents {

        @EventListener
        void on(CacheEvent event) {}
    }

    static class ByAnnotation {

        @EventListener({Hit.class, Evicted.class})
        void on() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class ListenerBean {

        @Bean
        ApplicationListener<PayloadApplicationEvent<Connected>> onConnected() {
            return event -> {};
        }
    }

    static class OfDisconnections implements ApplicationListener<PayloadApplicationEvent<Disconnected>> {

        @Override
        public void onApplicationEvent(PayloadApplicationEvent<Disconnected> event) {}
    }
}
