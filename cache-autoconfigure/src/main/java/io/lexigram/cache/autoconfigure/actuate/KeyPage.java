package io.lexigram.cache.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Some keys of a cache in their natural order.
 *
 * @param cursor what to ask for the next page with; null on the last one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"keys", "cursor"})
public record KeyPage(List<String> keys, @Nullable String cursor) implements OperationResponseBody {

    /** The first keys after the cursor. Walks over all keys, in whatever order they come, and keeps no more than a page. */
    static KeyPage of(Stream<String> keys, @Nullable String after, int limit) {
        TreeSet<String> page = new TreeSet<>();
        for (Iterator<String> all = keys.iterator(); all.hasNext(); ) {
            String key = all.next();
            boolean fits = page.size() <= limit || key.compareTo(page.last()) < 0;
            if (fits && (after == null || key.compareTo(after) > 0) && page.add(key) && page.size() > limit + 1) {
                page.pollLast();
            }
        }
        if (page.size() <= limit) {
            return new KeyPage(List.copyOf(page), null);
        }
        page.pollLast();
        return new KeyPage(List.copyOf(page), page.last());
    }
}
