package io.lexigram.cache.codec;

import java.util.Random;

/** Random texts of the characters that something between a key and a server gives a meaning to. */
final class NastyStrings {

    private static final String[] PIECES = {
        "a",
        "b",
        "1",
        "~",
        "%",
        "%~",
        "%25",
        "%7D",
        ":",
        "::",
        "{",
        "}",
        "{}",
        "}{",
        "*",
        "?",
        "[a]",
        "\\",
        " ",
        "/",
        "-",
        "_",
        "é",
        "ß",
        "漢",
        "\uD83D\uDE00",
        "\u00A0",
        "\uFFFD",
        "\uFFFF",
        "e\u0301"
    };

    private final Random random;

    NastyStrings(long seed) {
        this.random = new Random(seed);
    }

    /** A text of up to so many pieces; never empty. */
    String next(int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(pieces); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
