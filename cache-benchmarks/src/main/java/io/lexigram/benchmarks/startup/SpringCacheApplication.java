package io.lexigram.benchmarks.startup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;

/** One bean, cached by Spring on Caffeine. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableCaching
public class SpringCacheApplication {

    public static void main(String[] arguments) {
        Started started = new Started();
        started.report(SpringApplication.run(SpringCacheApplication.class, arguments)
                .getBean(Greetings.class)
                .to("world"));
    }

    @Bean
    Greetings greetings() {
        return new Greetings();
    }

    /** The bean. */
    public static class Greetings {
        @Cacheable(cacheNames = "greetings", key = "#name")
        public String to(String name) {
            return "Hello, " + name;
        }
    }
}
