package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Result;
import io.lexigram.cache.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ReturnShapeTest {

    @Test
    void a_plain_value_is_its_declared_type() {
        assertThat(shapeOf("value").type()).isEqualTo(new TypeRef<List<String>>() {});
    }

    @Test
    void an_optional_is_what_is_in_it() {
        assertThat(shapeOf("optional").type()).isEqualTo(TypeRef.of(String.class));
    }

    @Test
    void a_result_is_what_is_in_it() {
        assertThat(shapeOf("result").type()).isEqualTo(TypeRef.of(String.class));
    }

    @Test
    void a_future_is_what_it_comes_to() {
        assertThat(shapeOf("future").kind()).isEqualTo(ReturnShape.Kind.STAGE);
        assertThat(shapeOf("future").type()).isEqualTo(new TypeRef<Map<String, Long>>() {});
    }

    @Test
    void a_stage_of_an_optional_is_what_is_in_that() {
        assertThat(shapeOf("stageOfOptional").type()).isEqualTo(TypeRef.of(String.class));
    }

    @Test
    void a_mono_is_what_it_emits() {
        assertThat(shapeOf("mono").kind()).isEqualTo(ReturnShape.Kind.MONO);
        assertThat(shapeOf("mono").type()).isEqualTo(TypeRef.of(String.class));
    }

    @Test
    void a_flux_is_the_list_of_what_it_emits() {
        assertThat(shapeOf("flux").type()).isEqualTo(new TypeRef<List<String>>() {});
    }

    @Test
    void the_list_of_a_flux_has_the_schema_of_one_that_is_written_out() {
        assertThat(shapeOf("flux").type().schema()).isEqualTo(new TypeRef<List<String>>() {}.schema());
    }

    @Test
    void a_type_argument_of_a_superclass_is_put_in_its_place() {
        assertThat(shapeOf("inherited").type()).isEqualTo(new TypeRef<Map<String, List<Long>>>() {});
        assertThat(shapeOf("inherited").type().schema()).isEqualTo(new TypeRef<Map<String, List<Long>>>() {}.schema());
    }

    @Test
    void a_nested_type_is_named_as_the_jdk_names_it() {
        assertThat(shapeOf("entry").type()).isEqualTo(new TypeRef<Map.Entry<String, List<Long>>>() {});
        assertThat(shapeOf("entry").type().schema())
                .isEqualTo(new TypeRef<Map.Entry<String, List<Long>>>() {}.schema());
    }

    @Test
    void a_type_of_the_method_itself_cannot_be_read_back() {
        assertThat(shapeOf("generic").whyUnreadable()).contains("type variables");
    }

    @Test
    void a_stream_cannot_be_given_out_twice() {
        assertThat(shapeOf("stream").whyUnusableTwice()).contains("used only once");
    }

    @Test
    void the_end_of_a_bare_future_cannot_be_seen() {
        assertThat(shapeOf("bareFuture").whyUnobservable()).contains("CompletableFuture");
    }

    @Test
    void neither_can_that_of_another_publisher() {
        assertThat(shapeOf("publisher").whyUnobservable()).contains("Mono or Flux");
    }

    @Test
    void void_is_nothing_and_so_is_a_future_of_void() {
        assertThat(shapeOf("nothing").isNothing()).isTrue();
        assertThat(shapeOf("nothingLater").isNothing()).isTrue();
    }

    private static ReturnShape shapeOf(String method) {
        return ReturnShape.of(CallSite.of(ReflectionUtils.findMethod(Methods.class, method), Methods.class));
    }

    abstract static class Parent<T> {

        public abstract Map<String, T> inherited();

        public abstract Map.Entry<String, T> entry();
    }

    abstract static class Methods extends Parent<List<Long>> {

        abstract List<String> value();

        abstract Optional<String> optional();

        abstract Result<String> result();

        abstract CompletableFuture<Map<String, Long>> future();

        abstract CompletionStage<Optional<String>> stageOfOptional();

        abstract Mono<String> mono();

        abstract Flux<String> flux();

        abstract <T> List<T> generic();

        abstract Stream<String> stream();

        abstract Future<String> bareFuture();

        abstract Publisher<String> publisher();

        abstract void nothing();

        abstract CompletableFuture<Void> nothingLater();
    }
}
