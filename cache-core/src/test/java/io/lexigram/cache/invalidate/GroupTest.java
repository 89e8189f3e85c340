package io.lexigram.cache.invalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheKeyException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupTest {

    private static final List<String> TEXTS =
            List.of("", "a", "b", "ab", "a:b", "a\0b", "\0\0\0\1", "äß", "\uD83D\uDE00");

    @Test
    void no_two_groups_share_their_bytes_and_each_is_read_back() {
        List<Group> groups = new ArrayList<>(List.of(Group.all()));
        for (String first : TEXTS) {
            groups.add(Group.namespace(first));
            groups.add(Group.tagEverywhere(first));
            TEXTS.forEach(second -> groups.add(Group.tag(first, second)));
        }
        Set<ByteBuffer> names = new HashSet<>();
        for (Group group : groups) {
            ByteBuffer name = ByteBuffer.wrap(group.bytes());
            assertThat(names.add(name)).as("%s", group).isTrue();
            assertThat(Group.read(name)).isEqualTo(group);
        }
    }

    @Test
    void what_is_no_group_is_read_as_none() {
        assertThat(Group.read(ByteBuffer.wrap(new byte[0]))).isNull();
        assertThat(Group.read(ByteBuffer.wrap(new byte[] {'x', 0, 0, 0, 0}))).isNull();
        assertThat(Group.read(ByteBuffer.wrap(new byte[] {'n', 0, 0, 0, 9, 'a'})))
                .isNull();
        assertThat(Group.read(ByteBuffer.wrap(new byte[] {'n', -1, 0, 0, 9, 'a'})))
                .isNull();
        assertThat(Group.read(ByteBuffer.wrap(new byte[] {'n', 0, 0, 0, 1, (byte) 0xC3})))
                .isNull();
    }

    @Test
    void a_text_without_a_utf_8_form_is_refused() {
        assertThatThrownBy(() -> Group.tag("ns", "\uD83D").bytes()).isInstanceOf(CacheKeyException.class);
    }
}
