package io.lexigram.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long callers wait for a load.
 *
 * @param soft after which a caller gets the stale value if there is one, while the load goes on; null waits
 * @param hard after which a caller gets a failure; null waits for as long as the load takes
 */
public record LoadTimeout(@Nullable Duration soft, @Nullable Duration hard) {

    /** @throws IllegalArgumentException when neither is set, one is not longer than zero, or soft is not shorter than hard */
    public LoadTimeout {
        if (soft == null && hard == null) {
            throw new IllegalArgumentException("neither soft nor hard is set; leave the load timeout out instead");
        }
        if (soft != null) {
            Durations.longerThanZero("soft load timeout", soft);
        }
        if (hard != null) {
            Durations.longerThanZero("hard load timeout", hard);
        }
        if (soft != null && hard != null && soft.compareTo(hard) >= 0) {
            throw new IllegalArgumentException(
                    "the soft load timeout is " + soft + " but must be shorter than the hard one, which is " + hard);
        }
    }
}
