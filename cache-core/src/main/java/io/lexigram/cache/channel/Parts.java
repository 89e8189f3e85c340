package io.lexigram.cache.channel;

import java.util.ArrayList;
import java.util.List;

/** Cuts an invalidation into messages. The groups stay together, for their stamp is that of all of them. */
final class Parts {

    private Parts() {}

    static List<Invalidation> of(Invalidation whole, int bytes) {
        if (whole.isEmpty()) {
            return List.of();
        }
        if (MessageCodec.size(whole) <= bytes) {
            return List.of(whole);
        }
        List<Invalidation> parts = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        long size = 0;
        for (byte[] key : whole.keys()) {
            if (size + key.length > bytes && !keys.isEmpty()) {
                parts.add(Invalidation.ofKeys(keys));
                keys.clear();
                size = 0;
            }
            keys.add(key);
            size += Integer.BYTES + key.length;
        }
        if (!keys.isEmpty()) {
            parts.add(Invalidation.ofKeys(keys));
        }
        if (!whole.groups().isEmpty()) {
            parts.add(Invalidation.ofGroups(whole.groups(), whole.stamp(), whole.nonce()));
        }
        return parts;
    }
}
