package io.lexigram.cache.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.AssertionFailedError;

/** Notes that a law was broken and says on which backend: the laws of all of them have the same names in a report. */
final class NamingTheBackend implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (context.getRequiredTestInstance() instanceof Laws laws) {
            laws.broken = true;
            throw named(laws.fixture.name(), failure);
        }
        throw failure;
    }

    private static Throwable named(String backend, Throwable failure) {
        if (!(failure instanceof AssertionError)) {
            return failure;
        }
        String message = "On " + backend + ": " + failure.getMessage();
        return failure instanceof AssertionFailedError known && known.isExpectedDefined()
                ? new AssertionFailedError(message, known.getExpected(), known.getActual(), failure)
                : new AssertionFailedError(message, failure);
    }
}
