package io.lexigram.cache.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which backend the caches use that name none. */
final class DefaultBackend {

    private static final String SETTING = SettingName.of("default-backend");

    private DefaultBackend() {}

    /** The named one, else the one that says it is the default, else the only one. */
    static String of(@Nullable String named, Map<String, BackendProperties> enabled, Set<String> all) {
        List<String> marked = enabled.entrySet().stream()
                .filter(backend -> backend.getValue().isDefault())
                .map(Map.Entry::getKey)
                .toList();
        if (named != null) {
            return named(named, marked, enabled.keySet(), all);
        }
        if (marked.size() > 1) {
            throw twoDefaults(marked.get(1), marked.get(0));
        }
        if (marked.size() == 1) {
            return marked.get(0);
        }
        if (enabled.size() == 1) {
            return enabled.keySet().iterator().next();
        }
        throw new CacheSettingException(
                SETTING,
                null,
                "there are several backends and none is the default",
                "Write one of " + String.join(", ", enabled.keySet()) + ".");
    }

    private static String named(String named, List<String> marked, Set<String> enabled, Set<String> all) {
        if (!enabled.contains(named)) {
            throw new CacheSettingException(
                    SETTING,
                    named,
                    all.contains(named) ? "this backend is disabled" : "there is no such backend",
                    "Write one of " + String.join(", ", enabled) + ".");
        }
        for (String other : marked) {
            if (!other.equals(named)) {
                throw twoDefaults(other, named);
            }
        }
        return named;
    }

    private static CacheSettingException twoDefaults(String second, String first) {
        return new CacheSettingException(
                SettingName.of("backends", second, "default"),
                true,
                "the backend " + first + " is the default already",
                "Leave the default to one of them.");
    }
}
