package io.lexigram.benchmarks.startup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** One bean, and nothing cached. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NoCacheApplication {

    public static void main(String[] arguments) {
        Started started = new Started();
        started.report(SpringApplication.run(NoCacheApplication.class, arguments)
                .getBean(Greetings.class)
                .to("world"));
    }

    @Bean
    Greetings greetings() {
        return new Greetings();
    }

    /** The bean. */
    public static class Greetings {
        public String to(String name) {
            return "Hello, " + name;
        }
    }
}
