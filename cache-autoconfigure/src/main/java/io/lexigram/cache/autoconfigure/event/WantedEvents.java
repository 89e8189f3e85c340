package io.lexigram.cache.autoconfigure.event;

import io.lexigram.cache.event.CacheEvent;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/** The kinds of cache events that the application listens to by name, as the definitions of its beans tell. */
final class WantedEvents {

    private static final Logger log = LoggerFactory.getLogger(WantedEvents.class);

    private final Set<Class<?>> named = new LinkedHashSet<>();

    private WantedEvents() {}

    /** Instantiates no bean. */
    static Set<Class<? extends CacheEvent>> in(ConfigurableApplicationContext context) {
        WantedEvents events = new WantedEvents();
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        for (String name : beans.getBeanDefinitionNames()) {
            events.bean(beans, name);
        }
        if (context instanceof AbstractApplicationContext owner) {
            owner.getApplicationListeners()
                    .forEach(listener -> events.listener(ResolvableType.forClass(listener.getClass())));
        }
        return events.kinds();
    }

    private Set<Class<? extends CacheEvent>> kinds() {
        Set<Class<? extends CacheEvent>> kinds = new LinkedHashSet<>();
        for (Class<?> kind : CacheEvent.class.getPermittedSubclasses()) {
            if (named.stream().anyMatch(name -> name.isAssignableFrom(kind))) {
                kinds.add(kind.asSubclass(CacheEvent.class));
            }
        }
        return kinds;
    }

    private void bean(ConfigurableListableBeanFactory beans, String name) {
        BeanDefinition definition = beans.getMergedBeanDefinition(name);
        listener(definition.getResolvableType());
        Object target = definition.getAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE);
        Class<?> type = target instanceof Class<?> original ? original : beans.getType(name, false);
        if (type != null && !type.getName().startsWith("org.springframework.")) {
            listener(ResolvableType.forClass(type));
            methods(type);
        }
    }

    private void listener(ResolvableType type) {
        note(type.as(ApplicationListener.class)
                .getGeneric(0)
                .as(PayloadApplicationEvent.class)
                .getGeneric(0)
                .resolve());
    }

    /** A bean may have methods whose types are not there, which matters to nobody until they are called. */
    private void methods(Class<?> type) {
        try {
            for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
                method(method);
            }
        } catch (IllegalStateException | LinkageError e) {
            log.debug("The methods of {} cannot be read; it may listen to cache events unheard", type.getName(), e);
        }
    }

    /** Looks for the annotation only where the method could name an event: merging annotations is not free. */
    private void method(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        boolean takesEvent = parameters.length == 1 && CacheEvent.class.isAssignableFrom(parameters[0]);
        if (takesEvent || method.getAnnotations().length > 0 && parameters.length <= 1) {
            EventListener listener = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
            if (listener != null && listener.classes().length > 0) {
                for (Class<?> kind : listener.classes()) {
                    note(kind);
                }
            } else if (listener != null && takesEvent) {
                note(parameters[0]);
            }
        }
    }

    private void note(@Nullable Class<?> kind) {
        if (kind != null && CacheEvent.class.isAssignableFrom(kind)) {
            named.add(kind);
        }
    }
}
