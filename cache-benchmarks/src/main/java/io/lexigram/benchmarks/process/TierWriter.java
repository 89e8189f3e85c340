package io.lexigram.benchmarks.process;

import io.lexigram.benchmarks.ChildJvm;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Writes a key for each line. */
final class TierWriter {

    private TierWriter() {}

    public static void main(String[] arguments) throws Exception {
        ReadWrite cache = ReadWrite.named(arguments[0]);
        Keys keys = new Keys();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ChildJvm.say("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String key = keys.next();
            cache.put(key, Product.of(key));
        }
        System.exit(0);
    }
}
