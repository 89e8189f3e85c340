package io.lexigram.cache.autoconfigure.aop;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers the creator of proxies that infrastructure advisors need, unless there is one; AspectJ is not needed. */
final class AutoProxyRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {

    private boolean classProxies = true;

    @Override
    public void setEnvironment(Environment environment) {
        classProxies = environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true);
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
        if (classProxies) {
            AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(registry);
        }
    }
}
