package io.lexigram.cache.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

class JsonCodecRefusalTest {

    private static final TypeRef<Point> POINT = TypeRef.of(Point.class);

    private final JsonCodec codec = new JsonCodec();

    @Test
    void a_subclass_of_the_declared_class_is_refused_because_it_would_come_back_as_the_parent() {
        assertThatThrownBy(() -> codec.encode(new Child(), TypeRef.of(Parent.class)))
                .isInstanceOf(CacheSerializationException.class)
                .hasMessageContaining(Parent.class.getName())
                .hasMessageContaining(Child.class.getName());
        assertThatThrownBy(() -> codec.encode(new java.sql.Timestamp(1), TypeRef.of(Date.class)))
                .hasMessageContaining("java.sql.Timestamp");
        assertThatThrownBy(() -> codec.encode(new ArrayList<String>() {}, new TypeRef<ArrayList<String>>() {}))
                .isInstanceOf(CacheSerializationException.class);
        assertThatCode(() -> codec.encode(new Parent(), TypeRef.of(Parent.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void a_subclass_with_a_type_name_is_stored_as_what_it_is() {
        byte[] json = codec.encode(new NamedChild(), TypeRef.of(NamedParent.class));

        assertThat(codec.decode(json, 0, json.length, TypeRef.of(NamedParent.class)))
                .isExactlyInstanceOf(NamedChild.class);
    }

    @Test
    void a_type_that_can_be_written_but_not_read_is_refused_when_it_is_written() {
        assertThatThrownBy(() -> codec.encode(new Runner(), TypeRef.of(Named.class)))
                .isInstanceOf(CacheSerializationException.class)
                .hasMessageContaining(Named.class.getName());
        assertThatThrownBy(() -> codec.encode(Map.of(new Point(1, 2), "x"), new TypeRef<Map<Point, String>>() {}))
                .isInstanceOf(CacheSerializationException.class);
        assertThatThrownBy(() -> codec.encode(new Object(), TypeRef.of(Object.class)))
                .isInstanceOf(CacheSerializationException.class);
    }

    @Test
    void a_value_that_contains_itself_is_refused() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThatThrownBy(() -> codec.encode(list, new TypeRef<List<Object>>() {}))
                .isInstanceOf(CacheSerializationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "5",
                "{\"x\":1}",
                "{\"x\":1,\"y\":null}",
                "{\"x\":1,\"y\":2,\"z\":3}",
                "{\"x\":1,\"y\":2.5}",
                "{\"x\":1,\"y\":\"2\"}",
                "{\"x\":1,\"y\":2",
                "{\"x\":1,\"y\":2}}",
                "{\"x\":1,\"y\":2} 3",
                "{\"x\":1,\"y\":99999999999}",
                "{\"@class\":\"java.util.Date\",\"x\":1,\"y\":2}"
            })
    void json_that_is_no_value_of_the_type_is_refused(String json) {
        assertThatThrownBy(() -> decode(json, POINT)).isInstanceOf(CacheSerializationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.5", "true", "[\"a\"]", "{}"})
    void text_is_read_from_text_only(String json) {
        assertThatThrownBy(() -> decode(json, TypeRef.of(String.class)))
                .isInstanceOf(CacheSerializationException.class);
        assertThatThrownBy(() -> decode("[" + json + "]", new TypeRef<List<String>>() {}))
                .isInstanceOf(CacheSerializationException.class);
        assertThatThrownBy(() -> decode("{\"k\":" + json + "}", new TypeRef<Map<String, String>>() {}))
                .isInstanceOf(CacheSerializationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "\"\"", "1.5", "true"})
    void a_whole_number_is_read_from_a_whole_number_only(String json) {
        assertThatThrownBy(() -> decode(json, TypeRef.of(Long.class))).isInstanceOf(CacheSerializationException.class);
        assertThatThrownBy(() -> decode("[" + json + "]", TypeRef.of(int[].class)))
                .isInstanceOf(CacheSerializationException.class);
    }

    @Test
    void a_message_names_the_place_but_never_the_content() {
        assertThatThrownBy(() -> decode("{\"x\":1,\"y\":\"secret\"}", POINT))
                .hasMessageContaining(Point.class.getName())
                .hasMessageContaining(" at y.")
                .hasMessageNotContaining("secret")
                .hasNoCause();
        assertThatThrownBy(
                        () -> decode("{\"secret\":[{\"x\":1,\"y\":[]}]}", new TypeRef<Map<String, List<Point>>>() {}))
                .hasMessageContaining(" at [key].[].y.")
                .hasMessageNotContaining("secret");
    }

    @Test
    void nesting_is_bounded() {
        String deep = "[".repeat(100_000);

        assertThatThrownBy(() -> decode(deep, TypeRef.of(Object.class)))
                .isInstanceOf(CacheSerializationException.class)
                .hasMessageContaining("StreamConstraintsException");
    }

    @Test
    void null_parts_are_written_whatever_the_class_asks_for() {
        byte[] json = codec.encode(new Sparse(null, "b"), TypeRef.of(Sparse.class));

        assertThat(codec.decode(json, 0, json.length, TypeRef.of(Sparse.class))).isEqualTo(new Sparse(null, "b"));
        assertThatThrownBy(() -> decode("{\"b\":\"b\"}", TypeRef.of(Sparse.class)))
                .isInstanceOf(CacheSerializationException.class);
    }

    @Test
    void class_names_as_type_ids_are_refused_both_ways_with_any_mapper() {
        for (JsonCodec each : List.of(codec, new JsonCodec(JsonMapper.builder().build()))) {
            assertThatThrownBy(() -> each.encode(new Open("x"), TypeRef.of(OpenBase.class)))
                    .isInstanceOf(CacheSerializationException.class);
            byte[] json = ("{\"@class\":\"" + Open.class.getName() + "\",\"name\":\"x\"}").getBytes(UTF_8);
            assertThatThrownBy(() -> each.decode(json, 0, json.length, TypeRef.of(OpenBase.class)))
                    .isInstanceOf(CacheSerializationException.class);
        }
    }

    @Test
    void a_mapper_with_default_typing_is_refused() {
        for (DefaultTyping typing : DefaultTyping.values()) {
            JsonMapper mapper = JsonMapper.builder()
                    .activateDefaultTyping(
                            BasicPolymorphicTypeValidator.builder()
                                    .allowIfBaseType(Object.class)
                                    .build(),
                            typing)
                    .build();

            assertThatThrownBy(() -> new JsonCodec(mapper))
                    .as("%s", typing)
                    .isInstanceOf(CacheConfigurationException.class)
                    .hasMessageContaining("default typing");
        }
    }

    @Test
    void a_mapper_of_the_application_is_used_with_its_own_settings() {
        JsonCodec lenient = new JsonCodec(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_SNAKE_CASE)
                .build());

        byte[] json = lenient.encode(new Point(1, 2), POINT);

        assertThat(new String(json, UTF_8)).isEqualTo("{\"X\":1,\"Y\":2}");
    }

    private Object decode(String json, TypeRef<?> type) {
        byte[] bytes = json.getBytes(UTF_8);
        return codec.decode(bytes, 0, bytes.length, type);
    }

    record Point(int x, int y) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sparse(
            String a,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String b) {}

    static class Parent {
        public int a = 1;
    }

    static class Child extends Parent {
        public int b = 2;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = NamedChild.class, name = "child"))
    static class NamedParent {
        public int a = 1;
    }

    static class NamedChild extends NamedParent {
        public int b = 2;
    }

    interface Named {
        String getName();
    }

    static class Runner implements Named {
        @Override
        public String getName() {
            return "runner";
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface OpenBase {}

    record Open(String name) implements OpenBase {}
}
