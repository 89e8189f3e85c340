package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inBytes;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What can be wrong with the judgement of stored bytes. */
final class CorruptionFaults {

    private CorruptionFaults() {}

    private static CacheSerializationException damaged() {
        return new CacheSerializationException("damaged");
    }

    static List<Fault> all() {
        return List.of(
                read("the checksum is not compared", CorruptionFaults::summedUp)
                        .breaks(
                                "Corruption#a_changed_payload_gives_way",
                                "Corruption#an_entry_with_any_one_byte_changed_is_the_same_value_or_none"),
                read("what is missing is taken for zeroes", bytes -> summedUp(lengthened(bytes)))
                        .breaks("Corruption#a_truncated_entry_gives_way"),
                read(
                                "what follows is overlooked",
                                bytes -> bytes[bytes.length - 1] == 0 ? Arrays.copyOf(bytes, bytes.length - 1) : bytes)
                        .breaks("Corruption#an_entry_with_more_behind_it_gives_way"),
                read("no bytes are no entry", bytes -> bytes.length == 0 ? null : bytes)
                        .breaks("Corruption#an_empty_value_gives_way"),
                inBytes("what cannot be read stays", "deleteMany", call -> CompletableFuture.completedFuture(0L))
                        .breaks("Corruption#a_value_that_somebody_else_wrote_gives_way"),
                read("the format is not compared", bytes -> {
                            bytes[Envelope.OFFSET_FORMAT] = Envelope.FORMAT;
                            return summedUp(bytes);
                        })
                        .breaks("Corruption#an_entry_of_a_later_format_gives_way"),
                inBytes("what is no value cannot be written over", bytes -> bytes.with(
                                        "set", CorruptionFaults::refuseOverwriting)
                                .with("deleteMany", call -> CompletableFuture.failedFuture(damaged())))
                        .breaks("Corruption#something_that_is_no_value_at_all_is_no_hit_and_can_be_written_over"),
                inBytes("the envelope's key is not compared", "get", CorruptionFaults::renamed)
                        .breaks(
                                "Corruption#an_entry_that_was_copied_under_another_key_or_into_another_cache_gives_way"),
                inBytes("one damaged entry fails the batch", "getMany", CorruptionFaults::failOnDamage)
                        .breaks("Corruption#one_bad_entry_of_a_batch_spoils_no_other"),
                inBytes("a scan stops at a damaged entry", "heads", call -> CompletableFuture.failedFuture(damaged()))
                        .breaks(
                                "Keys#over_long_keys_with_the_same_beginning_stay_apart_and_are_hit_by_patterns_and_namespaces"),
                inBytes("a sweep stops at a damaged entry", "scan", call -> ((Stream<?>) call.proceed()).peek(key -> {
                            if (new String((byte[]) key, StandardCharsets.UTF_8).contains("foreign")) {
                                throw damaged();
                            }
                        }))
                        .breaks("Corruption#bad_entries_do_not_stop_what_concerns_many_keys"),
                inBytes("a cut entry is an outage", "get", call -> {
                            byte[] bytes = bytes(call.proceed());
                            return bytes != null && bytes.length < Envelope.HEADER_LENGTH
                                    ? CompletableFuture.failedFuture(damaged())
                                    : CompletableFuture.completedFuture(bytes);
                        })
                        .breaks("Corruption#an_entry_cut_anywhere_is_none"));
    }

    /** In what the adapter gets to read of one key, in a copy. */
    private static Fault read(String name, UnaryOperator<byte @Nullable []> change) {
        return inBytes(name, "get", call -> {
            byte[] bytes = bytes(call.proceed());
            return CompletableFuture.completedFuture(
                    bytes == null || !Envelope.isEnvelope(bytes) && bytes.length > 0
                            ? bytes
                            : change.apply(bytes.clone()));
        });
    }

    private static byte @Nullable [] bytes(@Nullable Object stage) {
        return (byte[]) ((CompletionStage<?>) stage).toCompletableFuture().join();
    }

    /** With the checksum that belongs to the bytes as they are. */
    private static byte[] summedUp(byte[] bytes) {
        if (bytes.length < Envelope.HEADER_LENGTH) {
            return bytes;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, Envelope.OFFSET_FLAGS);
        crc.update(bytes[Envelope.OFFSET_FLAGS] & ~Envelope.FLAG_WAITERS);
        crc.update(bytes, Envelope.OFFSET_ENTRY_ID, Envelope.OFFSET_LEASE_TOKEN - Envelope.OFFSET_ENTRY_ID);
        crc.update(bytes, Envelope.HEADER_LENGTH, bytes.length - Envelope.HEADER_LENGTH);
        ByteBuffer.wrap(bytes).putInt(Envelope.OFFSET_CHECKSUM, (int) crc.getValue());
        return bytes;
    }

    /** As long as the last length in the bytes says, where that is a byte more. */
    private static byte[] lengthened(byte[] bytes) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = '"';
        return longer;
    }

    private static Object refuseOverwriting(Call call) throws Throwable {
        ByteEntry entry = call.arg(0);
        byte[] old = bytes(((ByteBackend) call.target()).get(entry.key()));
        return old != null && !Envelope.isEnvelope(old) ? CompletableFuture.failedFuture(damaged()) : call.proceed();
    }

    private static Object renamed(Call call) throws Throwable {
        byte[] bytes = bytes(call.proceed());
        KeyCodec.Decoded name = new KeyCodec(Laws.HERE).decode(call.arg(0));
        if (bytes == null || name == null || !Envelope.isEnvelope(bytes)) {
            return CompletableFuture.completedFuture(bytes);
        }
        Envelope envelope = Envelope.read(bytes);
        Envelope.Content content = envelope.content();
        Envelope.Content own = new Envelope.Content(
                content.createdAtMillis(),
                content.expiresAtMillis(),
                content.graceMillis(),
                content.loadNanos(),
                content.tags(),
                content.schema(),
                name.namespace(),
                name.key(),
                content.version(),
                content.payload());
        return CompletableFuture.completedFuture(new Envelope(envelope.header(), own).toBytes());
    }

    private static Object failOnDamage(Call call) throws Throwable {
        List<?> values = (List<?>)
                ((CompletionStage<?>) call.proceed()).toCompletableFuture().join();
        return values.stream().anyMatch(value -> value != null && !Envelope.isEnvelope((byte[]) value))
                ? CompletableFuture.failedFuture(damaged())
                : CompletableFuture.completedFuture(values);
    }
}
