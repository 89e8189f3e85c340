package io.lexigram.cache.codec.json;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.Codec;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON by Jackson, read as the declared type, generics included. The stored text never chooses a class: Jackson's default
 * typing and type ids that are class names are refused, type ids that are names on a closed hierarchy are read.
 *
 * <p>What would come back as something else is refused when it is written: a value whose class is a subclass of the
 * declared one, and a type that Jackson writes but cannot read. A value declared as {@link Object} comes back as a plain
 * tree of {@code Map}, {@code List}, {@code String}, number and boolean.
 */
public final class JsonCodec implements Codec {

    public static final String NAME = "json";

    private static final int TYPES = 1_000;

    /** Null for the one of {@link Usual}. */
    private final @Nullable JsonMapper mapper;

    private final ConcurrentMap<TypeRef<?>, JsonType> types = new ConcurrentHashMap<>();

    /** A codec with the settings of {@link #mapperBuilder}. Its mapper is made when it is first used. */
    public JsonCodec() {
        this.mapper = null;
    }

    /**
     * A codec with a mapper of the application's; only what Jackson does with class names in the text is overridden.
     *
     * @throws CacheConfigurationException when the mapper has default typing activated
     */
    public JsonCodec(JsonMapper mapper) {
        if (mapper.deserializationConfig().getDefaultTyper(mapper.constructType(Object.class)) != null) {
            throw new CacheConfigurationException(
                    "mapper",
                    mapper.getClass().getName(),
                    "default typing lets stored text choose classes; give a mapper without activateDefaultTyping, and"
                            + " annotate class hierarchies with @JsonTypeInfo(use = NAME) and @JsonSubTypes");
        }
        this.mapper = withoutClassNames(mapper.rebuild());
    }

    private static JsonMapper withoutClassNames(JsonMapper.Builder builder) {
        return builder.polymorphicTypeValidator(new NoClassNames()).build();
    }

    /** One for all codecs without settings of their own. It costs too much for an application that encodes nothing. */
    private static final class Usual {
        static final JsonMapper MAPPER = withoutClassNames(mapperBuilder());
    }

    /**
     * A mapper that reads what it has written as what it was, and refuses the rest: unknown, missing and trailing parts,
     * null or text for numbers, numbers for text. Every property is written that can be read, null or not, enums by name, dates with their
     * zone.
     */
    public static JsonMapper.Builder mapperBuilder() {
        return JsonMapper.builder()
                .annotationIntrospector(new WriteAlways())
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(
                        MapperFeature.REQUIRE_SETTERS_FOR_GETTERS,
                        MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] encode(Object value, TypeRef<?> type) {
        return jsonType(type).encode(value);
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) {
        return jsonType(type).decode(bytes, offset, length);
    }

    private JsonType jsonType(TypeRef<?> type) {
        JsonType known = types.get(type);
        if (known != null) {
            return known;
        }
        JsonType made;
        try {
            made = new JsonType(mapper == null ? Usual.MAPPER : mapper, type);
        } catch (RuntimeException e) {
            throw new CacheSerializationException(
                    type.schema() + " cannot be stored as JSON. Use a type that Jackson can read and write.", e);
        }
        if (types.size() < TYPES) {
            types.put(type, made);
        }
        return made;
    }
}
