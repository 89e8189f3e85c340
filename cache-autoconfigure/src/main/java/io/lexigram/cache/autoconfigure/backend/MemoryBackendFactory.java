package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.BackendProperties;
import io.lexigram.cache.autoconfigure.CacheBackendFactory;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.spi.CacheBackend;
import org.springframework.util.unit.DataSize;

/** Makes backends in memory. */
final class MemoryBackendFactory implements CacheBackendFactory {

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public CacheBackend create(BackendContext context) {
        BackendProperties properties = context.properties();
        MemoryBackend.Builder memory =
                MemoryBackend.builder().time(context.time()).copy(properties.copy());
        if (properties.maxSize() < 1) {
            throw context.refused(
                    "max-size", properties.maxSize(), "it must be at least 1", "Write a greater number of entries.");
        }
        memory.maxSize(properties.maxSize());
        DataSize maxMemory = properties.maxMemory();
        if (maxMemory != null) {
            if (maxMemory.toBytes() < 1) {
                throw context.refused(
                        "max-memory", maxMemory, "it must be at least one byte", "Write a size such as 64MB.");
            }
            memory.maxMemory(maxMemory.toBytes());
        }
        return memory.build();
    }
}
