package io.lexigram.cache.autoconfigure;

import java.util.Locale;
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

    /** The environment variable of a property: {@code LEX_CACHE__BACKENDS__SHARED__URL}, or Spring's own of another's. */
    static String variable(String setting) {
        boolean ours = setting.startsWith(LexigramCacheProperties.PREFIX + ".");
        String name = ours ? "lex_cache" + setting.substring(LexigramCacheProperties.PREFIX.length()) : setting;
        String flat = name.replace("].", ".").replace('[', '.').replace("..", ".");
        String variable = ours
                ? flat.replace(".", "__").replace('-', '_')
                : flat.replace('.', '_').replace("-", "");
        return variable.toUpperCase(Locale.ROOT);
    }
}
