package io.lexigram.cache.codec.json;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the values of one declared type. */
final class JsonType {

    private final String name;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    /** The one class a value may have to come back as what it was; null where the declared type is no such class. */
    private final @Nullable Class<?> exactClass;

    private volatile boolean readBack;

    JsonType(JsonMapper mapper, TypeRef<?> type) {
        JavaType javaType = mapper.constructType(type.type());
        this.name = type.schema();
        this.writer = javaType.isJavaLangObject() ? mapper.writer() : mapper.writerFor(javaType);
        this.reader = mapper.readerFor(javaType);
        this.exactClass = exactClass(mapper.serializationConfig(), javaType);
    }

    byte[] encode(Object value) {
        if (exactClass != null && value.getClass() != exactClass) {
            throw new CacheSerializationException("A value is declared as %s and would come back as one, but is a %s. "
                            .formatted(name, value.getClass().getName())
                    + "Store a value of the declared class, or annotate it with @JsonTypeInfo(use = NAME).");
        }
        byte[] bytes;
        try {
            bytes = writer.writeValueAsBytes(value);
        } catch (RuntimeException e) {
            throw new CacheSerializationException("A value of type %s cannot be written as JSON.".formatted(name), e);
        }
        if (!readBack) {
            decode(bytes, 0, bytes.length);
            readBack = true;
        }
        return bytes;
    }

    /** Messages of Jackson's show the text they fail on: of its exceptions only the kind and the place are kept. */
    Object decode(byte[] bytes, int offset, int length) {
        Object value;
        try {
            value = reader.readValue(bytes, offset, length);
        } catch (RuntimeException e) {
            throw new CacheSerializationException("%d bytes of JSON cannot be read as %s: %s%s."
                    .formatted(length, name, e.getClass().getSimpleName(), place(e)));
        }
        if (value == null) {
            throw new CacheSerializationException("JSON null cannot be read as " + name + ".");
        }
        return value;
    }

    private static String place(RuntimeException e) {
        return e instanceof JacksonException failure && !failure.getPath().isEmpty()
                ? failure.getPath().stream().map(JsonType::step).collect(Collectors.joining(".", " at ", ""))
                : "";
    }

    private static String step(JacksonException.Reference reference) {
        String property = reference.getPropertyName();
        return property == null ? "[]" : reference.from() instanceof Map ? "[key]" : property;
    }

    private static @Nullable Class<?> exactClass(SerializationConfig config, JavaType type) {
        Class<?> raw = type.getRawClass();
        boolean others = !Modifier.isFinal(raw.getModifiers())
                && !Modifier.isAbstract(raw.getModifiers())
                && !type.isJavaLangObject()
                && !type.isEnumType();
        return others && !hasTypeId(config, type) ? raw : null;
    }

    private static boolean hasTypeId(SerializationConfig config, JavaType type) {
        AnnotatedClass annotations = config.classIntrospectorInstance().introspectClassAnnotations(type);
        AnnotationIntrospector introspector = config.getAnnotationIntrospector();
        return introspector.findPolymorphicTypeInfo(config, annotations) != null
                || introspector.findTypeResolverBuilder(config, annotations) != null;
    }
}
