package io.lexigram.cache.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Header;
import io.lexigram.cache.codec.Envelope.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The envelopes that stand as golden files. */
final class EnvelopeSamples {

    private static final long CREATED = 1_700_000_000_000L;

    private EnvelopeSamples() {}

    static Map<String, Envelope> all() {
        Map<String, Envelope> samples = new LinkedHashMap<>();
        samples.put(
                "null",
                new Envelope(
                        header(1, CREATED + 60_000),
                        new Content(
                                CREATED,
                                CREATED + 60_000,
                                0,
                                0,
                                Set.of(),
                                "java.lang.String",
                                "users",
                                "42",
                                null,
                                null)));
        samples.put(
                "bytes",
                new Envelope(
                        header(2, Envelope.NEVER),
                        new Content(
                                CREATED,
                                Envelope.NEVER,
                                0,
                                0,
                                Set.of(),
                                "byte[]",
                                "files",
                                "a.bin",
                                null,
                                payload("bytes", new byte[] {0, 1, -1, -128, 127}))));
        samples.put(
                "record",
                new Envelope(
                        header(3, CREATED + 300_000),
                        new Content(
                                CREATED,
                                CREATED + 300_000,
                                0,
                                12_345_678,
                                Set.of(),
                                "com.example.Product",
                                "products",
                                "42",
                                null,
                                json("{\"id\":42,\"name\":\"Tea\",\"price\":2.50}"))));
        samples.put(
                "tags-version",
                new Envelope(
                        new Header(
                                0x0123_4567_89AB_CDEFL,
                                true,
                                -2,
                                CREATED + 5_000,
                                77,
                                CREATED + 1_000,
                                9,
                                CREATED + 500),
                        new Content(
                                CREATED,
                                CREATED + 1_000,
                                60_000,
                                1,
                                Set.of("product", "category:7", "größe", ""),
                                "java.util.List<com.example.Product>@v2",
                                "products",
                                "page=0",
                                "7-rc",
                                json("[]"))));
        samples.put(
                "unicode",
                new Envelope(
                        header(-1, Long.MAX_VALUE - 1),
                        new Content(
                                CREATED,
                                Long.MAX_VALUE - 1,
                                0,
                                0,
                                Set.of(),
                                "",
                                "",
                                "漢字:😀 é{}%",
                                null,
                                json("\"Привет\""))));
        samples.put("lease", Envelope.lease(5, 0x1122_3344_5566_7788L, CREATED + 5_000, 3));
        return samples;
    }

    private static Header header(long id, long expiresAt) {
        return new Header(id, false, 0, Envelope.NEVER, 0, expiresAt, 0, CREATED);
    }

    static Payload json(String text) {
        return payload("json", text.getBytes(UTF_8));
    }

    static Payload payload(String codec, byte[] bytes) {
        return new Payload(codec, bytes, 0, bytes.length);
    }
}
