package io.lexigram.cache.backend;

import static io.lexigram.cache.backend.Stores.TEXT;
import static io.lexigram.cache.backend.Stores.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.testing.HeapBytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EncodedFaultTest {

    private final Stores stores = new Stores();
    private final HeapBytes bytes = stores.bytes;
    private final EntryStore store = stores.open("users");
    private final EncodedBackend hastyBackend = stores.backend(bytes, Duration.ofMillis(1));
    private final EntryStore hasty = hastyBackend.open(stores.spec("users", new JsonCodec(), ""));

    @Test
    void an_operation_without_an_answer_ends_at_the_deadline() {
        bytes.fault = CompletableFuture::new;

        for (ThrowingCallable operation : List.<ThrowingCallable>of(
                () -> hasty.read("k", TEXT),
                () -> hasty.readMany(List.of("k"), TEXT),
                () -> hasty.write("k", stores.text("v")),
                () -> hasty.writeIfAbsent("k", stores.text("v")),
                () -> hasty.writeMany(Map.of("k", stores.text("v"))),
                () -> hasty.remove("k"),
                () -> hasty.removeMany(List.of("k")),
                () -> hasty.contains("k"),
                () -> hasty.expire("k", 1_000),
                () -> hasty.ttl("k"),
                () -> hasty.increment("k", 1, 1_000),
                () -> hastyBackend.ping(Duration.ofMillis(2)))) {
            assertThatThrownBy(operation)
                    .isExactlyInstanceOf(CacheTimeoutException.class)
                    .hasMessageMatching("heap did not answer within [12] ms.*");
        }
    }

    @Test
    void a_timed_out_operation_that_was_not_sent_yet_is_cancelled() {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        bytes.fault = () -> answer;

        assertThatThrownBy(() -> hasty.read("k", TEXT)).isInstanceOf(CacheTimeoutException.class);

        assertThat(answer).isCancelled();
    }

    @Test
    void a_write_that_fails_queues_the_removal_of_its_keys_behind_it() {
        bytes.fault = CompletableFuture::new;

        assertThatThrownBy(() -> hasty.write("k", stores.text("v"))).isInstanceOf(CacheException.class);
        assertThatThrownBy(() -> hasty.writeIfAbsent("k", stores.text("v"))).isInstanceOf(CacheException.class);
        assertThatThrownBy(() -> hasty.writeMany(Map.of("k", stores.text("v")))).isInstanceOf(CacheException.class);

        assertThat(bytes.calls).containsExactly("set", "delete", "set", "delete", "setMany", "deleteMany");
    }

    @Test
    void a_value_that_cannot_be_written_does_not_leave_the_one_before_it() {
        store.write("k", stores.text("old"));

        assertThatThrownBy(() -> store.write("k", stores.entry(new Object(), TypeRef.of(Object.class), 1_000)))
                .isInstanceOf(CacheSerializationException.class);

        assertThat(store.read("k", TEXT)).isNull();
    }

    @Test
    void a_value_that_cannot_be_written_if_absent_leaves_what_is_there() {
        store.write("k", stores.text("old"));

        assertThatThrownBy(() -> store.writeIfAbsent("k", stores.entry(new Object(), TypeRef.of(Object.class), 1_000)))
                .isInstanceOf(CacheSerializationException.class);

        assertThat(value(store.read("k", TEXT))).isEqualTo("old");
    }

    @Test
    void a_fault_of_this_librarys_kind_arrives_as_it_is() {
        CacheConnectionException fault = new CacheConnectionException("gone");

        bytes.fault = () -> CompletableFuture.failedFuture(fault);
        assertThatThrownBy(() -> store.read("k", TEXT)).isSameAs(fault);
        bytes.fault = () -> CompletableFuture.failedFuture(new CompletionException(fault));
        assertThatThrownBy(() -> store.read("k", TEXT)).isSameAs(fault);
        bytes.fault = () -> {
            throw fault;
        };
        assertThatThrownBy(() -> store.read("k", TEXT)).isSameAs(fault);
    }

    @Test
    void any_other_fault_becomes_a_fault_of_the_backend() {
        for (Supplier<CompletionStage<?>> fault : List.<Supplier<CompletionStage<?>>>of(
                () -> CompletableFuture.failedFuture(new IllegalStateException("odd")), () -> {
                    throw new IllegalStateException("odd");
                })) {
            bytes.fault = fault;
            assertThatThrownBy(() -> store.read("k", TEXT))
                    .isExactlyInstanceOf(CacheBackendException.class)
                    .hasMessageContaining("heap failed: java.lang.IllegalStateException: odd")
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
        CompletableFuture<Object> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        bytes.fault = () -> cancelled;
        assertThatThrownBy(() -> store.read("k", TEXT)).isExactlyInstanceOf(CacheBackendException.class);
    }

    @Test
    void a_write_whose_removal_fails_as_well_throws_the_fault_of_the_write() {
        bytes.fault = () -> {
            throw new CacheCapacityException("number " + bytes.calls.size());
        };

        assertThatThrownBy(() -> store.write("k", stores.text("v"))).hasMessage("number 1");
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set() {
        bytes.fault = CompletableFuture::new;
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> store.read("k", TEXT))
                    .isExactlyInstanceOf(CacheBackendException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void a_ping_tells_the_time_it_took() {
        ByteBackend slow = new HeapBytes(stores.time.source()) {
            @Override
            public CompletionStage<Void> ping() {
                stores.time.advance(Duration.ofMillis(3));
                return super.ping();
            }
        };

        assertThat(stores.backend(slow, Duration.ofMillis(250)).ping(Duration.ofSeconds(5)))
                .isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void a_deadline_that_no_operation_could_keep_is_a_wrong_setting() {
        for (Duration deadline : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertThatThrownBy(() -> stores.backend(bytes, deadline))
                    .isInstanceOf(CacheConfigurationException.class)
                    .hasMessageContaining("deadline")
                    .hasMessageContaining(deadline.toString());
        }
    }
}
