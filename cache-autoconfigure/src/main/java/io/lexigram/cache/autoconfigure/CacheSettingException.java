package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheConfigurationException;
import org.jspecify.annotations.Nullable;

/** A property that cannot be used, with what to write instead kept apart from what is wrong. */
public class CacheSettingException extends CacheConfigurationException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;

    /**
     * Says what is wrong with a property.
     *
     * @param setting the full name of the property
     * @param value what was found there; null where it is not set
     * @param problem what is wrong, as the end of a sentence and without a full stop
     * @param fix what to do, as a sentence
     */
    public CacheSettingException(String setting, @Nullable Object value, String problem, String fix) {
        super(setting, value, problem + ". " + fix);
        this.problem = problem;
        this.fix = fix;
    }

    public String problem() {
        return problem;
    }

    public String fix() {
        return fix;
    }
}
