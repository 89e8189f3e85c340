package io.lexigram.cache.autoconfigure.event;

import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEventListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Publishes cache events in the application context, as the payload of a {@code PayloadApplicationEvent}.
 *
 * <p>Wants only the kinds of events that a listener of the application names, so that the others are never made. A listener
 * to every event there is, such as {@code @EventListener void on(Object event)}, names none.
 */
final class CacheEventPublisher implements CacheEventListener {

    private final ConfigurableApplicationContext context;
    private volatile @Nullable Set<Class<? extends CacheEvent>> wanted;

    CacheEventPublisher(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean accepts(Class<? extends CacheEvent> type) {
        Set<Class<? extends CacheEvent>> known = wanted;
        if (known == null) {
            known = WantedEvents.in(context);
            wanted = known;
        }
        return known.contains(type);
    }

    @Override
    public void onEvent(CacheEvent event) {
        if (context.isActive()) {
            context.publishEvent(event);
        }
    }
}
