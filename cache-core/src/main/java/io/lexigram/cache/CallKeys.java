package io.lexigram.cache;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Turns a method call into the text of a key. */
final class CallKeys {

    private CallKeys() {}

    static String keyOf(Method method, @Nullable Object[] args) {
        InjectiveEncoder encoder = new InjectiveEncoder();
        encoder.text(method.getDeclaringClass().getName());
        encoder.text(method.getName());
        for (Class<?> parameter : method.getParameterTypes()) {
            encoder.text(parameter.getName());
        }
        encoder.value(args);
        return method.getName() + "-" + hash(encoder.toByteArray());
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new String(Base64.getUrlEncoder().withoutPadding().encode(digest), StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
