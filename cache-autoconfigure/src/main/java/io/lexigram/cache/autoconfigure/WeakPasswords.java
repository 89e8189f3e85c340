package io.lexigram.cache.autoconfigure;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The passwords that production refuses. The list is published in {@code docs/production.md}. */
final class WeakPasswords {

    /** In lower case; what is compared is brought to it. */
    static final Set<String> LISTED = Set.of(
            "0000",
            "000000",
            "1111",
            "111111",
            "123",
            "1234",
            "12345",
            "123456",
            "1234567",
            "12345678",
            "123456789",
            "1234567890",
            "123123",
            "654321",
            "abc123",
            "abcdef",
            "admin",
            "admin123",
            "administrator",
            "cache",
            "change-me",
            "change_me",
            "changeit",
            "changeme",
            "default",
            "demo",
            "dev",
            "development",
            "dragon",
            "example",
            "foobar",
            "foobared",
            "guest",
            "hunter2",
            "iloveyou",
            "letmein",
            "lexigram",
            "local",
            "login",
            "master",
            "memcached",
            "monkey",
            "my-password",
            "my_password",
            "mypass",
            "mypassword",
            "none",
            "null",
            "p@ssw0rd",
            "p@ssword",
            "pass",
            "pass123",
            "passw0rd",
            "password",
            "password1",
            "password123",
            "passwort",
            "prod",
            "production",
            "qwerty",
            "qwerty123",
            "qwertz",
            "redis",
            "redis123",
            "redis_password",
            "redispass",
            "redispassword",
            "replace-me",
            "replaceme",
            "root",
            "s3cr3t",
            "sample",
            "secret",
            "secret123",
            "shadow",
            "staging",
            "superman",
            "test",
            "test123",
            "testing",
            "toor",
            "user",
            "valkey",
            "welcome",
            "welcome1",
            "your-password",
            "your_password",
            "yourpassword",
            "xxx");

    private WeakPasswords() {}

    /** Whether there is none; a placeholder that nothing has replaced is none. */
    static boolean isMissing(@Nullable String password) {
        return password == null || password.isBlank() || password.startsWith("${") && password.endsWith("}");
    }

    static boolean isListed(String password) {
        return LISTED.contains(password.strip().toLowerCase(Locale.ROOT));
    }
}
