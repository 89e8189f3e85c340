package io.lexigram.cache.autoconfigure.actuate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request to the endpoint says what it means. The actuator ignores unknown parameters, lets a parameter
 * {@code cache} go before the path, and takes arguments from a body as well: a misspelt {@code key} would clear the cache.
 */
final class CacheRequest {

    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "GET", Set.of("key", "prefix", "cursor", "limit"),
            "HEAD", Set.of("key", "prefix", "cursor", "limit"),
            "DELETE", Set.of("key", "pattern", "tag"),
            "POST", Set.of());

    /** Parameters of GET that may be empty. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("prefix", "cursor", "limit");

    private CacheRequest() {}

    /** Why the request is refused; null where it is not. */
    static @Nullable String refusal(
            String method, Map<String, ? extends List<@Nullable String>> parameters, boolean hasBody) {
        Set<String> known = PARAMETERS.get(method);
        if (known == null) {
            return null;
        }
        if (hasBody && !method.equals("GET") && !method.equals("HEAD")) {
            return method + " takes no body";
        }
        for (Map.Entry<String, ? extends List<@Nullable String>> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            List<@Nullable String> values = parameter.getValue();
            if (!known.contains(name)) {
                return "There is no parameter " + name + " here; " + list(known);
            }
            if (values.size() > 1) {
                return "The parameter " + name + " is given more than once";
            }
            if (!MAY_BE_EMPTY.contains(name) && isEmpty(values)) {
                return "The parameter " + name + " is empty";
            }
        }
        return null;
    }

    private static boolean isEmpty(List<@Nullable String> values) {
        return values.isEmpty() || values.get(0) == null || values.get(0).isEmpty();
    }

    private static String list(Set<String> known) {
        return known.isEmpty()
                ? "there are none"
                : "there are " + known.stream().sorted().toList();
    }
}
