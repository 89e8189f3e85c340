package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The scripts that run on the server. Each touches keys of one slot, so that it runs on any node of a cluster. */
enum Script {
    SET_IF_ABSENT("stored.lua", "leases.lua", "set-if-absent.lua"),
    EXPIRE("stored.lua", "expire.lua"),
    INCREMENT("stored.lua", "leases.lua", "increment.lua"),
    ACCESSED("stored.lua", "accessed.lua"),
    REMOVE("stored.lua", "leases.lua", "versions.lua", "remove.lua"),
    REMOVE_CURRENT("stored.lua", "leases.lua", "versions.lua", "remove-current.lua"),
    SET_VERSION("leases.lua", "versions.lua", "set-version.lua"),
    REMOVE_TAGGED("stored.lua", "leases.lua", "remove-tagged.lua"),
    CLAIM("claim.lua"),
    TAKE_OVER("leases.lua", "take-over.lua"),
    FILL("leases.lua", "fill.lua"),
    RENEW("leases.lua", "renew.lua"),
    RELEASE("leases.lua", "release.lua"),
    RESERVE("leases.lua", "reserve.lua"),
    RESTAMP("stored.lua", "restamp.lua"),
    ANNOUNCE_WAITER("leases.lua", "announce-waiter.lua"),
    ADVANCE("generations.lua", "start-clock.lua", "advance.lua"),
    RESTART("generations.lua", "start-clock.lua", "restart-clock.lua"),
    CHANGES("generations.lua", "changes.lua"),
    INDEX("index.lua"),
    FORGET("forget.lua"),
    CHANNEL_BEAT("channel-beat.lua");

    private final String source;
    private final String digest;

    /** @param files resources in ASCII that make up the script */
    Script(String... files) {
        StringBuilder text = new StringBuilder();
        for (String file : files) {
            text.append(read(file));
        }
        this.source = text.toString();
        this.digest = sha1(source());
    }

    /** Whether a run of it does no harm although its caller has given up: it reads, or what it removes is loaded once more. */
    boolean isRepeatable() {
        return this == ADVANCE || this == RESTART || this == CHANGES || this == REMOVE || this == REMOVE_CURRENT;
    }

    byte[] source() {
        return source.getBytes(US_ASCII);
    }

    /** The name by which the server knows a script it has seen. */
    byte[] digest() {
        return digest.getBytes(US_ASCII);
    }

    private static String read(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + file + " is missing beside " + Script.class);
            }
            return new String(in.readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + file, e);
        }
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
