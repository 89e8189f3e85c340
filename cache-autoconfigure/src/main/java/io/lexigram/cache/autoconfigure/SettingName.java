package io.lexigram.cache.autoconfigure;

import java.util.regex.Pattern;

/** The full names of properties, as they are written in configuration. */
final class SettingName {

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]+");

    private SettingName() {}

    /** {@code lexigram.cache.backends.shared.url}, or {@code lexigram.cache.backends[my_one].url}. */
    static String of(String group, String name, String property) {
        String key = PLAIN.matcher(name).matches() ? "." + name : "[" + name + "]";
        return LexigramCacheProperties.PREFIX + "." + group + key + "." + property;
    }

    static String of(String property) {
        return LexigramCacheProperties.PREFIX + "." + property;
    }
}
