package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link CacheBackendFactory} knows of the backend it makes.
 *
 * @param name the name under {@code lexigram.cache.backends}
 * @param keyPrefix what all keys of this backend begin with on a remote server
 * @param maxTags of how many invalidated tags the backend may keep something in this process
 * @param others the other backends of the application, for one that is made of them
 */
public record BackendContext(
        String name,
        BackendProperties properties,
        String keyPrefix,
        int maxTags,
        CacheEnvironment environment,
        TimeSource time,
        Others others) {

    /** Backends by their names under {@code lexigram.cache.backends}. */
    public interface Others {

        /** The backend of this name, which caches may use directly as well; null where there is none that is enabled. */
        @Nullable
        CacheBackend named(String name);

        /** A backend of its own that is configured like the one of this name; null where none is. */
        @Nullable
        CacheBackend like(String name);
    }

    /** The full name of one of the backend's properties, for messages. */
    public String setting(String property) {
        return SettingName.of("backends", name, property);
    }

    /** The exception for a property of the backend that cannot be used; see {@link CacheSettingException}. */
    public CacheSettingException refused(String property, @Nullable Object value, String problem, String fix) {
        return new CacheSettingException(setting(property), value, problem, fix);
    }

    /**
     * Refuses, in production, a password that is missing or on the published list, unless {@code allow-weak-password} says
     * that this is meant. The exception does not hold the password.
     *
     * @param setting the full name of the property that the password is read from
     */
    public void checkPassword(String setting, @Nullable String password) {
        if (environment != CacheEnvironment.PRODUCTION || properties.allowWeakPassword()) {
            return;
        }
        if (password == null || WeakPasswords.isMissing(password)) {
            throw weak(setting, null, "backend '" + name + "' would be open to everybody, and this is production");
        }
        if (WeakPasswords.isListed(password)) {
            throw weak(
                    setting,
                    "***",
                    "backend '" + name
                            + "' has a password that is among the first to be guessed, and this is production");
        }
    }

    private CacheSettingException weak(String setting, @Nullable String shown, String problem) {
        return new CacheSettingException(
                setting,
                shown,
                problem,
                "Set a long random password, there or by the variable " + SettingName.variable(setting) + ", or write "
                        + setting("allow-weak-password") + ": true if nobody else can connect.");
    }

    /** An exception that names a property by its last part, with the property's full name. */
    public CacheConfigurationException placed(CacheConfigurationException refusal) {
        String begin = refusal.setting() + " is '" + refusal.value() + "': ";
        String message = String.valueOf(refusal.getMessage());
        boolean full = refusal instanceof CacheSettingException
                || refusal.setting().startsWith(LexigramCacheProperties.PREFIX);
        if (full || !message.startsWith(begin)) {
            return refusal;
        }
        return new CacheConfigurationException(
                setting(refusal.setting()), refusal.value(), message.substring(begin.length()));
    }
}
