package io.lexigram.cache.backend.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which slots each primary of a cluster says it has, which of them are on their way from one to another, and since which
 * configuration epoch. Where two of them are equal, no key changed its place in between unless its slot was on its way.
 */
record SlotMap(Map<String, String> slotsOfNodes) {

    private static final int SLOTS = 16_384;
    private static final int FLAGS = 2;
    private static final int EPOCH = 6;
    private static final int FIRST_SLOT = 8;
    private static final char ON_ITS_WAY = '[';

    /** Asks the primaries that are known, each about itself. */
    static CompletionStage<SlotMap> of(ClusterNodes nodes) {
        Map<String, CompletableFuture<String>> answers = new TreeMap<>();
        for (String id : nodes.primaryIds()) {
            answers.put(id, nodes.connect(id).thenCompose(SlotMap::ask).thenApply(SlotMap::own));
        }
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    Map<String, String> slots = new TreeMap<>();
                    answers.forEach((id, answer) -> slots.put(id, answer.join()));
                    return new SlotMap(slots);
                });
    }

    private static CompletionStage<String> ask(StatefulRedisConnection<byte[], byte[]> node) {
        return node.async().clusterNodes();
    }

    /** Flags, epoch and slots of the node that wrote the list. */
    static String own(String list) {
        for (String line : list.split("\n", -1)) {
            String[] parts = line.trim().split(" ", -1);
            if (parts.length > FIRST_SLOT - 1 && parts[FLAGS].contains("myself")) {
                List<String> own = new ArrayList<>(List.of(parts[FLAGS], parts[EPOCH]));
                own.addAll(Arrays.asList(parts).subList(FIRST_SLOT, parts.length));
                return String.join(" ", own);
            }
        }
        return "";
    }

    /** Whether the nodes are all primaries and have all slots. */
    boolean isComplete() {
        int count = 0;
        for (String own : slotsOfNodes.values()) {
            String[] parts = own.split(" ", -1);
            if (!parts[0].contains("master")) {
                return false;
            }
            for (int i = 2; i < parts.length; i++) {
                count += width(parts[i]);
            }
        }
        return count == SLOTS;
    }

    private static int width(String slots) {
        if (slots.isEmpty() || slots.charAt(0) == ON_ITS_WAY) {
            return 0;
        }
        int dash = slots.indexOf('-');
        return dash < 0
                ? 1
                : Integer.parseInt(slots.substring(dash + 1)) - Integer.parseInt(slots.substring(0, dash)) + 1;
    }

    /** In which order to look for all keys: twice everywhere, where a key may go from a node to one that was looked at before. */
    List<String> route() {
        List<String> once = List.copyOf(slotsOfNodes.keySet());
        if (slotsOfNodes.values().stream().noneMatch(own -> own.indexOf(ON_ITS_WAY) >= 0)) {
            return once;
        }
        List<String> twice = new ArrayList<>(once);
        twice.addAll(once);
        return twice;
    }
}
