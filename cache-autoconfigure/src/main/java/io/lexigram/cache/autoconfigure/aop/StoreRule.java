package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CallOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether and how an annotation stores a result. */
final class StoreRule {

    private final CallOptions options;
    private final TextTemplate[] tags;
    private final @Nullable CallExpression unless;

    /**
     * @param options what is the same for every call
     * @param tags those that are not
     */
    StoreRule(CallOptions options, List<TextTemplate> tags, @Nullable CallExpression unless) {
        this.options = options;
        this.tags = tags.toArray(TextTemplate[]::new);
        this.unless = unless;
    }

    /** What is known before the method has run. */
    CallOptions options() {
        return options;
    }

    /** Whether entries differ in more than their values. */
    boolean varies() {
        return tags.length > 0;
    }

    /**
     * The options for the result of a call; null where it must not be stored.
     *
     * @throws RuntimeException when an expression cannot be evaluated, or yields what is no tag
     */
    @Nullable
    CallOptions optionsFor(Call returned) {
        if (unless != null && unless.isTrue(returned)) {
            return null;
        }
        if (tags.length == 0) {
            return options;
        }
        String[] texts = new String[tags.length];
        for (int i = 0; i < tags.length; i++) {
            texts[i] = tags[i].textFor(returned);
        }
        return options.tags(texts);
    }
}
