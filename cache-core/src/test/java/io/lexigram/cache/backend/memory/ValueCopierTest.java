package io.lexigram.cache.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.spi.StoredEntry;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueCopierTest {

    private static final TypeRef<List<DayOfWeek>> DAYS = new TypeRef<>() {};

    private final ValueCopier copier = new ValueCopier(new JsonCodec());

    @Test
    void aCopyKeepsAllThatIsNotedInTheEntry() {
        List<DayOfWeek> value = new ArrayList<>(List.of(DayOfWeek.MONDAY));
        StoredEntry entry = StoredEntry.read(value, DAYS.schema(), 1, 2, 3, 4, "v5", Set.of("t6"), 7, 8);
        entry.expiresAtMillis(9);
        entry.accessed(10, 11);

        StoredEntry copy = copier.copy(entry, DAYS);

        assertThat(copy.value()).isEqualTo(value).isNotSameAs(value);
        assertThat(copy).usingRecursiveComparison().isEqualTo(entry);
    }

    @Test
    void theTypeAValueWasWrittenAsIsTheTypeOfItsCopy() {
        List<DayOfWeek> value = new ArrayList<>(List.of(DayOfWeek.MONDAY));
        StoredEntry entry = new StoredEntry(value, DAYS, 1, 2, 3, null, Set.of());

        assertThat(copier.copy(entry).value()).isEqualTo(value).isNotSameAs(value);
        assertThat(copier.copy(entry).type()).isSameAs(DAYS);
    }

    @Test
    void aPlainValueIsCopiedAsWhatItIsReadAs() {
        Map<String, List<Integer>> value = Map.of("a", new ArrayList<>(List.of(1)));
        StoredEntry entry = new StoredEntry(value, StoredEntry.ANY_SCHEMA, 1, 2, 3, null, Set.of());

        assertThat(copier.copy(entry).value()).isEqualTo(value).isNotSameAs(value);
        assertThat(copier.copy(entry, TypeRef.of(Map.class)).value())
                .isEqualTo(value)
                .isNotSameAs(value);
    }

    @Test
    void aDecodedValueOfATypeThatNothingTellsIsLeftAlone() {
        List<DayOfWeek> value = List.of(DayOfWeek.MONDAY);
        StoredEntry entry = new StoredEntry(value, DAYS.schema(), 1, 2, 3, null, Set.of());

        assertThat(copier.copy(entry)).isSameAs(entry);
    }
}
