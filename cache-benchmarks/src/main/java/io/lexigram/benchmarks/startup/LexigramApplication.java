package io.lexigram.benchmarks.startup;

import io.lexigram.cache.annotation.Cached;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** One bean, cached by ours in memory. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class LexigramApplication {

    public static void main(String[] arguments) {
        Started started = new Started();
        started.report(SpringApplication.run(LexigramApplication.class, arguments)
                .getBean(Greetings.class)
                .to("world"));
    }

    @Bean
    Greetings greetings() {
        return new Greetings();
    }

    /** The bean. */
    public static class Greetings {
        @Cached(cache = "greetings", key = "#name")
        public String to(String name) {
            return "Hello, " + name;
        }
    }
}
