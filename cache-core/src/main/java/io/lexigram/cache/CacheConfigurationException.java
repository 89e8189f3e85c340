package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/** A setting that cannot be used; the message says what to write instead. */
public class CacheConfigurationException extends CacheException {

    private static final long serialVersionUID = 1L;

    private final String setting;
    private final transient @Nullable Object value;

    /**
     * @param setting the full name of the property or of the builder's method
     * @param value what was found there
     */
    public CacheConfigurationException(String setting, @Nullable Object value, String message) {
        super(setting + " is '" + value + "': " + message);
        this.setting = setting;
        this.value = value;
    }

    public String setting() {
        return setting;
    }

    public @Nullable Object value() {
        return value;
    }
}
