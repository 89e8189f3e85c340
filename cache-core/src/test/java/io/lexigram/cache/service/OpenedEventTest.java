package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEventListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OpenedEventTest {

    @Test
    void whoHearsOfACacheFindsItThere() {
        AtomicReference<CacheService> service = new AtomicReference<>();
        List<Set<String>> known = new ArrayList<>();
        service.set(LexigramCache.builder()
                .backend("memory", MemoryBackend.builder().build())
                .codec(new JsonCodec())
                .listenerExecutor(Runnable::run)
                .listener(new CacheEventListener() {
                    @Override
                    public boolean accepts(Class<? extends CacheEvent> type) {
                        return type == CacheEvent.Opened.class;
                    }

                    @Override
                    public void onEvent(CacheEvent event) {
                        known.add(service.get().cacheNames());
                    }
                })
                .build());

        service.get().cache("late", String.class);

        assertThat(known).singleElement().satisfies(names -> assertThat(names).contains("late"));
        service.get().close();
    }
}
