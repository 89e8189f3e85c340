package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/** What a key, a namespace and a tag may consist of. */
final class KeyRules {

    private KeyRules() {}

    /** Returns the text, or refuses it: null, empty, control characters, unpaired surrogates (they have no UTF-8 form). */
    static String check(String what, @Nullable String text) {
        if (text == null) {
            throw new CacheKeyException("The " + what + " is null. Give it at least one character.");
        }
        if (text.isEmpty()) {
            throw new CacheKeyException("The " + what + " is empty. Give it at least one character.");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw refused(what, text, i, "a control character");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw refused(what, text, i, "an unpaired surrogate");
                }
                i++;
            }
        }
        return text;
    }

    private static CacheKeyException refused(String what, String text, int index, String found) {
        return new CacheKeyException("The %s of %d characters has %s (U+%04X) at index %d. Remove or encode it."
                .formatted(what, text.length(), found, (int) text.charAt(index), index));
    }
}
