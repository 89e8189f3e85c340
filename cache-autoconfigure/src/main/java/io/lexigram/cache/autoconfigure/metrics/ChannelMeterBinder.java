package io.lexigram.cache.autoconfigure.metrics;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.channel.ChannelMeters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Meters of what the nodes of tiered backends tell each other. */
final class ChannelMeterBinder implements MeterBinder {

    private final Supplier<@Nullable CacheService> services;

    ChannelMeterBinder(Supplier<@Nullable CacheService> services) {
        this.services = services;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        CacheService service = services.get();
        if (service == null) {
            return;
        }
        service.backends().forEach((name, backend) -> {
            if (backend.type().equals("tiered")) {
                ChannelMeters meters =
                        service.on(name).unwrap(TieredBackend.class).channelMeters();
                if (meters != null) {
                    bind(registry, name, meters);
                }
            }
        });
    }

    private static void bind(MeterRegistry registry, String backend, ChannelMeters meters) {
        count(registry, backend, meters, "sent", "Invalidations told to other nodes", ChannelMeters::sent);
        count(registry, backend, meters, "unsent", "Invalidations that may not have been sent", ChannelMeters::unsent);
        count(registry, backend, meters, "received", "Invalidations heard from other nodes", ChannelMeters::received);
        count(registry, backend, meters, "gaps", "Flushes of copies because a message was missed", ChannelMeters::gaps);
        count(registry, backend, meters, "flushes", "Flushes of copies for any reason", ChannelMeters::flushes);
        Gauge.builder("lexigram.cache.channel.receivers", meters, ChannelMeters::receivers)
                .description("Nodes that got the last heartbeat")
                .tag("backend", backend)
                .register(registry);
        TimeGauge.builder("lexigram.cache.channel.lag", meters, TimeUnit.NANOSECONDS, ChannelMeters::lagNanos)
                .description("How long the last heartbeat was on its way back to this node")
                .tag("backend", backend)
                .register(registry);
    }

    private static void count(
            MeterRegistry registry,
            String backend,
            ChannelMeters meters,
            String name,
            String description,
            ToDoubleFunction<ChannelMeters> value) {
        FunctionCounter.builder("lexigram.cache.channel." + name, meters, value)
                .description(description)
                .tag("backend", backend)
                .register(registry);
    }
}
