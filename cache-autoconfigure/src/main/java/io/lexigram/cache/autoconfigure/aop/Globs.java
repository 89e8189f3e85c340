package io.lexigram.cache.autoconfigure.aop;

/** Text inside a glob. */
final class Globs {

    private static final String SPECIAL = "*?[]^\\";

    private Globs() {}

    /** The text such that it stands for itself in a glob. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
                quoted.append('\\');
            }
            quoted.append(text.charAt(i));
        }
        return quoted.toString();
    }
}
