package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inStore;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.contract.ValueContract.Numbers;
import io.lexigram.cache.contract.ValueContract.Product;
import io.lexigram.cache.contract.ValueContract.Times;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What can be wrong with the values themselves, and with their types. */
final class ValueFaults {

    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);
    private static final int HALF_A_MEBIBYTE = 1 << 19;

    private ValueFaults() {}

    static List<Fault> all() {
        return List.of(
                inStore("decimals lose their scale", Twists.read(Edit.valueOf(Product.class, ValueFaults::unscaled)))
                        .breaks("Values#a_record_with_optional_enum_and_decimal_comes_back_equal"),
                inStore(
                                "elements of collections lose their type",
                                Twists.read(Edit.valueOf(Collection.class, ValueFaults::texts)))
                        .breaks("Values#generic_types_come_back_with_elements_of_their_type"),
                inStore(
                                "times are kept to the millisecond",
                                Twists.read(Edit.valueOf(Times.class, ValueFaults::truncated)))
                        .breaks("Values#times_come_back_to_the_nanosecond_and_with_their_zone"),
                inStore("numbers pass through a double", Twists.read(Edit.valueOf(Numbers.class, ValueFaults::rounded)))
                        .breaks("Values#numbers_keep_their_value_and_their_type"),
                inStore("texts are stored in Latin 1", Twists.written(Edit.valueOf(String.class, ValueFaults::latin)))
                        .breaks("Values#texts_come_back_to_the_character"),
                inStore("bytes are taken for text", Twists.written(Edit.valueOf(byte[].class, ValueFaults::asText)))
                        .breaks("Values#bytes_come_back_verbatim"),
                inStore("long values are cut", Twists.written(Edit.valueOf(byte[].class, ValueFaults::cut)))
                        .breaks("Values#a_value_of_a_mebibyte_comes_back_whole"),
                inStore(
                                "the class of an untyped value is not noted",
                                Twists.written(entry ->
                                        entry.value() instanceof Product ? Edit.schema(entry, "unknown") : entry))
                        .breaks("Values#what_the_facade_writes_is_read_as_its_class"),
                inStore("a plain value is read as its class only", Twists.written(ValueFaults::exactlyTyped))
                        .breaks("Values#a_plain_value_that_the_facade_writes_is_read_as_any_type_it_fits"),
                inStore("the type is not compared", "read", call -> call.proceedWith(call.arg(0), ANY))
                        .breaks("Values#a_value_of_another_type_is_a_miss_and_is_removed_and_counted"),
                inStore("type arguments are not compared", "read", ValueFaults::readAsAnyList)
                        .breaks("Values#a_generic_value_with_other_elements_is_a_miss"),
                Fault.inEncodedBackend(
                                "the schema version is ignored", backend -> Twisted.of(CacheBackend.class, backend)
                                        .with("open", call -> call.proceedWith(unversioned(call.arg(0))))
                                        .build())
                        .breaks("Values#an_entry_of_another_schema_version_is_a_miss"),
                Fault.inEncodedStore("an object that was written before is not written again", ValueFaults::onceEach)
                        .breaks("Values#a_changed_map_that_was_put_before_is_written_anew"));
    }

    private static StoreSpec unversioned(StoreSpec spec) {
        return new StoreSpec(
                spec.namespace(), spec.maxEntries(), spec.codec(), spec.codecs(), "", spec.timed(), spec.listener());
    }

    private static Product unscaled(Product product) {
        return new Product(product.id(), product.price().stripTrailingZeros(), product.note(), product.days());
    }

    private static List<String> texts(Collection<?> elements) {
        List<String> texts = new ArrayList<>();
        elements.forEach(element -> texts.add(String.valueOf(element)));
        return texts;
    }

    private static Times truncated(Times times) {
        return new Times(
                times.instant().truncatedTo(ChronoUnit.MILLIS),
                times.date(),
                times.local(),
                times.offset(),
                times.zoned(),
                times.duration());
    }

    private static Numbers rounded(Numbers n) {
        long rounded = (long) (n.l() / 1e10) * 10_000_000_000L;
        return new Numbers(n.i(), rounded, n.d(), n.b(), n.boxed(), n.big(), n.id());
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }

    private static byte[] asText(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, HALF_A_MEBIBYTE));
    }

    private static StoredEntry exactlyTyped(StoredEntry entry) {
        return entry.schema().isEmpty() && entry.value() != null
                ? Edit.schema(entry, entry.value().getClass().getName())
                : entry;
    }

    private static Object readAsAnyList(Call call) throws Throwable {
        TypeRef<?> type = call.arg(1);
        return call.proceedWith(call.arg(0), type.rawType() == List.class ? ANY : type);
    }

    private static Twisted<EntryStore> onceEach(Twisted<EntryStore> store) {
        Map<String, Object> written = new ConcurrentHashMap<>();
        return store.with("write", call -> {
            Object value = call.<StoredEntry>arg(1).value();
            return value != null && written.put(call.arg(0), value) == value ? null : call.proceed();
        });
    }
}
