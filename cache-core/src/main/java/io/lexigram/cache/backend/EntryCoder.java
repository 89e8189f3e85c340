package io.lexigram.cache.backend;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.BytesCodec;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Expected;
import io.lexigram.cache.codec.Envelope.Header;
import io.lexigram.cache.codec.Envelope.Payload;
import io.lexigram.cache.codec.RawCounter;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Entries of one namespace as stored bytes. */
final class EntryCoder {

    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);
    private static final Codec BYTES = new BytesCodec();
    /** The codec of a text format, which would blow byte arrays up. */
    private static final String TEXT_CODEC = "json";

    private final StoreSpec spec;
    private final TimeSource time;

    EntryCoder(StoreSpec spec, TimeSource time) {
        this.spec = spec;
        this.time = time;
    }

    /**
     * @param stamp the tick of the groups' clock before the value came to be, where the entry itself knows none
     * @throws CacheException when the value cannot be stored
     */
    byte[] encode(String key, StoredEntry entry, long stamp) {
        Content content = new Content(
                entry.createdAtMillis(),
                entry.ttlMillis() == StoredEntry.NEVER ? Envelope.NEVER : entry.createdAtMillis() + entry.ttlMillis(),
                entry.graceMillis(),
                entry.loadNanos(),
                entry.tags(),
                spec.schemaVersion().isEmpty() ? entry.schema() : entry.schema() + "@" + spec.schemaVersion(),
                spec.namespace(),
                key,
                entry.version(),
                payload(entry));
        Header header = new Header(
                ThreadLocalRandom.current().nextLong(),
                false,
                0,
                Envelope.NEVER,
                entry.stamp() == 0 ? stamp : entry.stamp(),
                end(entry.expiresAtMillis()),
                entry.hits(),
                entry.lastAccessMillis());
        return new Envelope(header, content).toBytes();
    }

    /**
     * The entry, or null where the bytes are a lease record.
     *
     * @throws CacheSerializationException when they are no entry of this key, type and schema version
     */
    @Nullable
    StoredEntry decode(String key, byte[] bytes, TypeRef<?> type) {
        Long counter = RawCounter.parse(bytes);
        if (counter != null) {
            requireReadable(StoredEntry.COUNTER_SCHEMA, type);
            return new StoredEntry(
                    counter, StoredEntry.COUNTER_SCHEMA, time.millis(), StoredEntry.NEVER, 0, null, Set.of());
        }
        Envelope envelope = Envelope.read(
                bytes,
                new Expected(type.schema(), spec.namespace(), key, spec.codec().name()));
        Content content = envelope.content();
        return content == null ? null : entry(key, envelope.header(), content, type);
    }

    /** How long the bytes of a value are kept past its life. */
    long graceMillis(byte[] bytes) {
        if (RawCounter.parse(bytes) != null) {
            return 0;
        }
        Content content = Envelope.read(bytes).content();
        return content == null ? 0 : content.graceMillis();
    }

    private StoredEntry entry(String key, Header header, Content content, TypeRef<?> type) {
        if (!content.key().equals(key) || !content.namespace().equals(spec.namespace())) {
            throw new CacheSerializationException("The stored value belongs to another key.");
        }
        String schema = schema(content.schema());
        requireReadable(schema, type);
        Payload payload = content.payload();
        StoredEntry entry = StoredEntry.read(
                payload == null ? null : value(payload, type),
                schema,
                content.createdAtMillis(),
                content.expiresAtMillis() == Envelope.NEVER
                        ? StoredEntry.NEVER
                        : content.expiresAtMillis() - content.createdAtMillis(),
                content.graceMillis(),
                content.loadNanos(),
                content.version(),
                content.tags(),
                header.entryId(),
                header.groupSeq());
        entry.expiresAtMillis(
                header.expiresAtMillis() == Envelope.NEVER ? StoredEntry.NEVER : header.expiresAtMillis());
        if (header.hits() > 0) {
            entry.accessed(header.hits(), header.lastAccessMillis());
        }
        return entry;
    }

    /** No type's name has an {@code @}: what follows the first one is the schema version. */
    private String schema(String stored) {
        int at = stored.indexOf('@');
        String version = at < 0 ? "" : stored.substring(at + 1);
        if (!version.equals(spec.schemaVersion())) {
            throw new CacheSerializationException("The stored value has schema version '%s' instead of '%s'."
                    .formatted(version, spec.schemaVersion()));
        }
        return at < 0 ? stored : stored.substring(0, at);
    }

    private static void requireReadable(String schema, TypeRef<?> type) {
        if (!CacheBackend.readable(schema, type)) {
            throw new CacheSerializationException(
                    "The stored value was written as %s and is read as %s. Use one type per key."
                            .formatted(schema, type.schema()));
        }
    }

    private @Nullable Payload payload(StoredEntry entry) {
        Object value = entry.value();
        if (value == null) {
            return null;
        }
        Codec codec = value instanceof byte[] && spec.codec().name().equals(TEXT_CODEC) ? BYTES : spec.codec();
        try {
            byte[] bytes = codec.encode(value, typeOf(value, entry));
            return new Payload(codec.name(), bytes, 0, bytes.length);
        } catch (CacheException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheSerializationException(
                    "The codec '%s' cannot write a value of %s."
                            .formatted(codec.name(), value.getClass().getName()),
                    e);
        }
    }

    private static TypeRef<?> typeOf(Object value, StoredEntry entry) {
        TypeRef<?> type = entry.type();
        if (type != null) {
            return type;
        }
        return value.getClass().getTypeName().equals(entry.schema()) ? TypeRef.of(value.getClass()) : ANY;
    }

    private Object value(Payload payload, TypeRef<?> type) {
        Codec codec = codec(payload.codec());
        Object value;
        try {
            value = codec.decode(payload.bytes(), payload.offset(), payload.length(), type);
        } catch (CacheSerializationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheSerializationException("The codec '%s' cannot read a stored value as %s: %s."
                    .formatted(codec.name(), type.schema(), e.getClass().getName()));
        }
        if (!type.rawType().isInstance(value)) {
            throw new CacheSerializationException("The codec '%s' read a stored value not as %s but as %s."
                    .formatted(codec.name(), type.schema(), value.getClass().getName()));
        }
        return value;
    }

    private Codec codec(String name) {
        Codec codec = spec.codecs().get(name);
        if (codec != null) {
            return codec;
        }
        if (spec.codec().name().equals(name)) {
            return spec.codec();
        }
        if (BYTES.name().equals(name)) {
            return BYTES;
        }
        throw new CacheSerializationException(
                "The stored value was written with the codec '%s', which there is none of here.".formatted(name));
    }

    private static long end(long millis) {
        return millis == StoredEntry.NEVER ? Envelope.NEVER : millis;
    }
}
