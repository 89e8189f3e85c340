package io.lexigram.cache.channel;

import java.util.List;

/**
 * What is not to be served any more.
 *
 * @param keys the physical keys of entries
 * @param groups the names of tags, namespaces or the whole, as the backend's generations know them
 * @param stamp the clock's stamp after the groups were invalidated; 0 where there are no groups
 * @param nonce of that tick; 0 where there are no groups
 */
public record Invalidation(List<byte[]> keys, List<byte[]> groups, long stamp, long nonce) {

    public Invalidation {
        keys = List.copyOf(keys);
        groups = List.copyOf(groups);
    }

    public static Invalidation ofKeys(List<byte[]> keys) {
        return new Invalidation(keys, List.of(), 0, 0);
    }

    public static Invalidation ofGroups(List<byte[]> groups, long stamp, long nonce) {
        return new Invalidation(List.of(), groups, stamp, nonce);
    }

    boolean isEmpty() {
        return keys.isEmpty() && groups.isEmpty();
    }
}
