package io.lexigram.cache.autoconfigure.health;

import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointProperties;
import org.springframework.boot.health.contributor.Status;

/**
 * Puts DEGRADED between OUT_OF_SERVICE and UP where {@code management.endpoint.health.status.order} says nothing. A status
 * that is not in the order does not count, so the whole would be UP, or UNKNOWN, with a part that is DEGRADED. It has the HTTP
 * status of all that is not mapped: 200.
 */
final class DegradedStatusOrder implements BeanPostProcessor {

    private static final List<String> ORDER = List.of(
            Status.DOWN.getCode(),
            Status.OUT_OF_SERVICE.getCode(),
            BackendHealthIndicator.DEGRADED.getCode(),
            Status.UP.getCode(),
            Status.UNKNOWN.getCode());

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof HealthEndpointProperties properties
                && properties.getStatus().getOrder().isEmpty()) {
            properties.getStatus().setOrder(ORDER);
        }
        return bean;
    }
}
