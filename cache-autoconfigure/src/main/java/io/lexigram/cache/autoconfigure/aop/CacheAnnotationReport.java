package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheConfigurationException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * When all singletons are there: makes the caches known that annotations name, and tells of annotations that cannot take
 * effect.
 */
final class CacheAnnotationReport implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(CacheAnnotationReport.class);

    private final ConfigurableListableBeanFactory beans;
    private final MethodPlans plans;

    CacheAnnotationReport(ConfigurableListableBeanFactory beans, MethodPlans plans) {
        this.beans = beans;
        this.plans = plans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanDefinitionNames()) {
            Object bean = beans.getSingleton(name);
            if (bean != null) {
                tellOf(name, bean);
            }
        }
        for (MethodPlan plan : plans.known()) {
            plan.cacheOperations().forEach(CacheAnnotationReport::open);
        }
    }

    private static void open(CacheOperation operation) {
        try {
            operation.handle();
        } catch (CacheConfigurationException e) {
            String backend = operation.cache().backend();
            if (backend == null) {
                throw e;
            }
            String message = String.valueOf(e.getMessage());
            String setting = e.setting() + " is '" + e.value() + "': ";
            throw new InvalidCacheAnnotationException(
                    "backend",
                    operation.log(),
                    backend,
                    message.startsWith(setting) ? message.substring(setting.length()) : message);
        }
    }

    private void tellOf(String name, Object bean) {
        Class<?> type = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
        if (!AnnotationSearch.isCandidate(type)) {
            return;
        }
        Set<Method> annotated = plans.annotatedMethods(type);
        if (annotated.isEmpty()) {
            if (plans.hasClassAnnotations(type)) {
                LOG.warn(
                        "{} has a cache annotation on the class and none on a method: nothing is cached. Annotate the"
                                + " methods.",
                        type.getName());
            }
            return;
        }
        if (!isAdvised(bean)) {
            LOG.warn(
                    "The cache annotations of bean '{}' ({}) have no effect: it was created before beans were given"
                            + " proxies, as a bean post-processor or for one. Let that one get it through an ObjectProvider.",
                    name,
                    type.getName());
            return;
        }
        annotated.forEach(method -> tellOf(method, bean, type));
        SelfInvocations.in(type, annotated)
                .forEach(found -> LOG.warn(
                        "{} calls {} on itself: that call does not pass the cache. Call it from another bean, or through"
                                + " an injected reference to this one.",
                        found.caller(),
                        found.called()));
    }

    private static void tellOf(Method method, Object proxy, Class<?> type) {
        String reason = whyNotIntercepted(method, proxy);
        if (reason != null) {
            LOG.warn("The cache annotation on {}.{} has no effect: {}.", type.getName(), method.getName(), reason);
        }
    }

    private static @Nullable String whyNotIntercepted(Method method, Object proxy) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return "a private method cannot be intercepted. Make it visible";
        }
        if (Modifier.isStatic(modifiers)) {
            return "a static method cannot be intercepted. Make it a method of the bean";
        }
        if (AopUtils.isJdkDynamicProxy(proxy)) {
            return AopUtils.isAopProxy(proxy) && isOfInterface(method, proxy)
                    ? null
                    : "the bean has a proxy of its interfaces, and the method is in none. Declare it there";
        }
        return Modifier.isFinal(modifiers) ? "a final method cannot be intercepted. Leave out final" : null;
    }

    private static boolean isOfInterface(Method method, Object proxy) {
        return Arrays.stream(AopProxyUtils.proxiedUserInterfaces(proxy))
                .anyMatch(type -> ClassUtils.hasMethod(type, method.getName(), method.getParameterTypes()));
    }

    private static boolean isAdvised(Object bean) {
        if (bean instanceof Advised advised) {
            return Arrays.stream(advised.getAdvisors()).anyMatch(CacheAnnotationAdvisor.class::isInstance);
        }
        return AopUtils.isAopProxy(bean);
    }
}
