package io.lexigram.cache.service;

import io.lexigram.cache.spi.StoredEntry;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schema of a value that is written without a declared type. */
final class Schemas {

    private Schemas() {}

    /** Plain JSON values may be read as any type; everything else only as its class. */
    static String of(@Nullable Object value) {
        if (value == null) {
            return StoredEntry.ANY_SCHEMA;
        }
        boolean plain = value instanceof Map
                || value instanceof Collection
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Number && value.getClass().getPackageName().startsWith("java.");
        return plain ? StoredEntry.ANY_SCHEMA : value.getClass().getTypeName();
    }
}
