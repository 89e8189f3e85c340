package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheConfigurationException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** The kind of place an application runs in. Production refuses insecure settings. */
public enum CacheEnvironment {
    /** A developer's machine. */
    DEVELOPMENT,
    /** Automatic tests. */
    TEST,
    /** Where it counts. */
    PRODUCTION;

    static final String VARIABLE = "LEX_ENV";

    /** The configured one, else that of {@code LEX_ENV}, else production where a profile says so, else development. */
    static CacheEnvironment of(@Nullable CacheEnvironment configured, Environment environment) {
        if (configured != null) {
            return configured;
        }
        String variable = environment.getProperty(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return parse(variable);
        }
        return environment.acceptsProfiles(Profiles.of("prod", "production")) ? PRODUCTION : DEVELOPMENT;
    }

    private static CacheEnvironment parse(String variable) {
        try {
            return valueOf(variable.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new CacheConfigurationException(
                    VARIABLE, variable, "there is no such environment; write development, test or production");
        }
    }
}
