package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.BytesCodec;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.service.Protection;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.ProtectionStrategy;
import io.lexigram.cache.spi.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Builds the service from the properties and from the beans that take the place of our parts or are added to them. */
final class CacheServiceFactory {

    private final LexigramCacheProperties properties;
    private final TimeSource time;
    private final ListableBeanFactory beans;
    private final Environment environment;

    CacheServiceFactory(
            LexigramCacheProperties properties, TimeSource time, ListableBeanFactory beans, Environment environment) {
        this.properties = properties;
        this.time = time;
        this.beans = beans;
        this.environment = environment;
    }

    CacheService create() {
        LexigramCache.Builder cache = LexigramCache.builder().time(time);
        Map<String, Codec> codecs = codecs();
        codecs.values().forEach(cache::codec);
        service(cache, codecs);
        limits(cache);
        cache.monitoring(MonitoringFactory.settings(properties.monitoring()));
        Map<String, CacheBackend> own = backendBeans();
        ConfiguredBackends backends = ConfiguredBackends.of(properties, own.keySet());
        new CachePolicies(backends.names(), codecs.keySet())
                .of(properties.caches())
                .forEach(cache::cache);
        beans.getBeanProvider(CacheEventListener.class).orderedStream().forEach(cache::listener);
        backends.addTo(cache, own, factories());
        beans.getBeanProvider(LexigramCacheCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(cache));
        return cache.build();
    }

    private void service(LexigramCache.Builder cache, Map<String, Codec> codecs) {
        LexigramCacheProperties.Service service = properties.service();
        if (!codecs.containsKey(service.defaultSerializer())) {
            throw new CacheSettingException(
                    SettingName.of("service.default-serializer"),
                    service.defaultSerializer(),
                    "there is no such codec",
                    "Use one of " + String.join(", ", codecs.keySet()) + ".");
        }
        checkSerialization(service);
        LexigramCacheProperties.Protection protection = service.protection();
        CachePolicies.longerThanZero(
                SettingName.of("service.protection.max-wait"), protection.maxWait(), "Write a duration such as 10s.");
        CachePolicies.longerThanZero(
                SettingName.of("service.protection.lock-ttl"), protection.lockTtl(), "Write a duration such as 30s.");
        CachePolicies.longerThanZero(
                SettingName.of("service.protection.retry-interval"),
                protection.retryInterval(),
                "Write a duration such as 100ms.");
        CachePolicies.longerThanZero(
                SettingName.of("health.timeout"), properties.health().timeout(), "Write a duration such as 1s.");
        ProtectionStrategy strategy =
                beans.getBeanProvider(ProtectionStrategy.class).getIfAvailable(() -> ProtectionStrategy.NONE);
        cache.failOpen(service.failOpen())
                .circuitBreaker(CircuitBreakerFactory.settings(service.circuitBreaker()))
                .defaultCodec(service.defaultSerializer())
                .protection(new Protection(
                        protection.enabled(),
                        protection.maxWait(),
                        protection.lockTtl(),
                        protection.retryInterval(),
                        protection.onWaitTimeout(),
                        strategy));
    }

    private void checkSerialization(LexigramCacheProperties.Service service) {
        if (service.allowJavaSerialization() && environmentKind() == CacheEnvironment.PRODUCTION) {
            throw new CacheSettingException(
                    SettingName.of("service.allow-java-serialization"),
                    true,
                    "who can write to a backend could run code wherever it is read, and this is production",
                    "Remove it, or set it to false: values are stored as JSON.");
        }
    }

    private void limits(LexigramCache.Builder cache) {
        LexigramCacheProperties.Limits limits = properties.limits();
        cache.maxFlights(atLeastOne("flights", limits.flights()))
                .maxTags(atLeastOne("tags", limits.tags()))
                .maxUndelivered(atLeastOne("retry-queue", limits.retryQueue()))
                .maxEvents(atLeastOne("events", limits.events()))
                .maxCaches(atLeastOne("caches", limits.caches()));
        atLeastOne("flux-items", limits.fluxItems());
    }

    private static int atLeastOne(String limit, int value) {
        if (value < 1) {
            throw new CacheSettingException(
                    SettingName.of("limits." + limit), value, "it must be at least 1", "Write a greater number.");
        }
        return value;
    }

    private Map<String, Codec> codecs() {
        Map<String, Codec> codecs = new LinkedHashMap<>();
        for (Codec codec : List.of(new JsonCodec(), new BytesCodec())) {
            codecs.put(codec.name(), codec);
        }
        beans.getBeanProvider(Codec.class).orderedStream().forEach(codec -> codecs.put(codec.name(), codec));
        return codecs;
    }

    /** The beans that are backends, by their names. */
    private Map<String, CacheBackend> backendBeans() {
        Map<String, CacheBackend> own =
                new LinkedHashMap<>(BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, CacheBackend.class));
        BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, ByteBackend.class)
                .forEach((name, bytes) -> own.putIfAbsent(name, encoded(name, bytes)));
        return own;
    }

    private CacheBackend encoded(String name, ByteBackend bytes) {
        BackendProperties configured = properties.backends().get(name);
        BackendProperties backend = configured == null ? BackendProperties.ofType(null) : configured;
        String prefix = backend.keyPrefix() == null ? keyPrefix() : backend.keyPrefix();
        return new EncodedBackend(
                bytes,
                new KeyCodec(prefix),
                backend.deadline(),
                properties.limits().tags(),
                time);
    }

    /** Beans before those that jars list. */
    private List<CacheBackendFactory> backendFactories() {
        ClassLoader loader = beans instanceof ConfigurableBeanFactory own
                ? own.getBeanClassLoader()
                : ClassUtils.getDefaultClassLoader();
        List<CacheBackendFactory> all = new ArrayList<>(
                beans.getBeanProvider(CacheBackendFactory.class).orderedStream().toList());
        all.addAll(ListedFactories.in(loader));
        return all;
    }

    private BackendFactories factories() {
        return new BackendFactories(
                backendFactories(), keyPrefix(), properties.limits().tags(), environmentKind(), time);
    }

    private CacheEnvironment environmentKind() {
        return CacheEnvironment.of(properties.environment(), environment);
    }

    private String keyPrefix() {
        String configured = properties.keyPrefix();
        return configured == null ? environment.getProperty("spring.application.name", "lexigram") : configured;
    }
}
