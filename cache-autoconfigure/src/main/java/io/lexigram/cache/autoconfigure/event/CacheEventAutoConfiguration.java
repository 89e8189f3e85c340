package io.lexigram.cache.autoconfigure.event;

import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import io.lexigram.cache.event.CacheEventListener;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Lets {@code @EventListener} methods hear {@link io.lexigram.cache.event.CacheEvent}s. */
@AutoConfiguration(before = LexigramCacheAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "lexigram.cache.enabled", matchIfMissing = true)
public final class CacheEventAutoConfiguration {

    @Bean
    CacheEventListener lexigramCacheEventPublisher(ConfigurableApplicationContext context) {
        return new CacheEventPublisher(context);
    }
}
