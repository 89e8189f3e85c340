package io.lexigram.cache.autoconfigure.aop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once of each cause of faults in one annotation of one method; the calls themselves go on. Faults of one class that
 * were thrown at one place have one cause.
 */
final class OperationLog {

    private static final Logger LOG = LoggerFactory.getLogger(OperationLog.class);

    private final String operation;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param operation the annotation and where it stands
     */
    OperationLog(String operation) {
        this.operation = operation;
    }

    /**
     * @param consequence what does not happen because of it
     */
    void fault(String consequence, RuntimeException cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        String where = trace.length == 0 ? "" : trace[0].toString();
        if (told.add(consequence + cause.getClass().getName() + where)) {
            LOG.warn(
                    "{}: {} ({}: {}). This is said once for this cause.",
                    operation,
                    consequence,
                    cause.getClass().getSimpleName(),
                    cause.getMessage());
            LOG.debug("{}: the cause", operation, cause);
        }
    }

    @Override
    public String toString() {
        return operation;
    }
}
