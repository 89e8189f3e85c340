package io.lexigram.cache.invalidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TagStampsTest {

    private final AtomicLong clock = new AtomicLong();
    private final TagStamps everywhere = new TagStamps(clock, 3);
    private final Groups groups = new Groups(clock, new TagStamps(clock, 3), everywhere);

    @Test
    void whatBeganBeforeAnInvalidationOfOneOfItsTagsIsNotValid() {
        long before = groups.stamp();

        groups.invalidate("red");

        assertThat(groups.validSince(before, List.of("blue", "red"))).isFalse();
        assertThat(groups.validSince(before, List.of("blue"))).isTrue();
        assertThat(groups.quietSince(before)).isFalse();
    }

    @Test
    void whatBeganAfterwardsIsValid() {
        groups.invalidate("red");
        long after = groups.stamp();

        assertThat(groups.validSince(after, List.of("red"))).isTrue();
        assertThat(groups.quietSince(after)).isTrue();
    }

    @Test
    void anInvalidationAcrossAllCachesHitsToo() {
        long before = groups.stamp();

        everywhere.invalidate("red");

        assertThat(groups.validSince(before, List.of("red"))).isFalse();
    }

    @Test
    void forgettingTagsRefusesRatherThanAdmits() {
        long before = groups.stamp();
        groups.invalidate("red");

        for (int i = 0; i < 10; i++) {
            groups.invalidate("other-" + i);
        }

        assertThat(groups.validSince(before, List.of("red"))).isFalse();
        assertThat(groups.validSince(before, List.of("never-seen"))).isFalse();
        assertThat(groups.validSince(groups.stamp(), List.of("red"))).isTrue();
    }
}
