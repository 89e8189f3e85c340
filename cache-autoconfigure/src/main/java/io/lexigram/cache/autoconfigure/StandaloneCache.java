package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.TimeSource;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.util.ClassUtils;

/** Makes a service of properties and parts as the auto-configuration makes it of properties and beans. */
final class StandaloneCache {

    private static final Logger log = LoggerFactory.getLogger(StandaloneCache.class);

    /** What has to be there for a type of backend that is not a third party's. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "memory", "com.github.benmanes.caffeine.cache.Caffeine",
            "tiered", "com.github.benmanes.caffeine.cache.Caffeine",
            "redis", "org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory",
            "memcached", "net.rubyeye.xmemcached.MemcachedClient");

    private final ConfigurableEnvironment environment;
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    StandaloneCache(ConfigurableEnvironment environment, Map<String, Object> parts) {
        this.environment = environment;
        parts.forEach(beans::registerSingleton);
        ClassLoader loader = ClassUtils.getDefaultClassLoader();
        beans.setBeanClassLoader(loader);
        factories(loader)
                .forEach(factory -> beans.registerSingleton(factory.getClass().getName(), factory));
    }

    private List<CacheBackendFactory> factories(@Nullable ClassLoader loader) {
        return SpringFactoriesLoader.forDefaultResourceLocation(loader)
                .load(
                        CacheBackendFactory.class,
                        ArgumentResolver.of(BeanFactory.class, beans),
                        (type, name, failure) -> log.debug("{} is left out", name, failure))
                .stream()
                .filter(factory -> {
                    String library = LIBRARIES.get(factory.type());
                    return library == null || ClassUtils.isPresent(library, loader);
                })
                .toList();
    }

    CacheService open() {
        LexigramCacheProperties properties = properties();
        if (!properties.enabled()) {
            return LexigramCache.disabled();
        }
        CacheMaintenance maintenance = CacheMaintenance.create();
        LexigramCacheCustomizer closing = builder -> builder.afterClose(maintenance::close);
        beans.registerSingleton(CacheMaintenance.class.getName(), closing);
        try {
            CacheService service = new CacheServiceFactory(properties, time(), beans, environment).create();
            maintenance.start(service, properties.backends());
            return service;
        } catch (RuntimeException e) {
            maintenance.close();
            throw e;
        }
    }

    /** As {@code @ConfigurationProperties} are bound that ignore no unknown ones. */
    private LexigramCacheProperties properties() {
        BindHandler handler = new NoUnboundElementsBindHandler(
                new IgnoreTopLevelConverterNotFoundBindHandler(), new UnboundElementsSourceFilter());
        try {
            return Binder.get(environment)
                    .bindOrCreate(LexigramCacheProperties.PREFIX, Bindable.of(LexigramCacheProperties.class), handler);
        } catch (BindException e) {
            throw new BindFailure(e, beans, environment).refusal();
        }
    }

    private TimeSource time() {
        return beans.getBeanProvider(TimeSource.class)
                .getIfUnique(() -> LexigramCacheAutoConfiguration.timeSource(
                        beans.getBeanProvider(Clock.class).getIfUnique()));
    }
}
