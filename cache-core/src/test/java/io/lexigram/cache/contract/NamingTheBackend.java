package io.lexigram.cache.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.AssertionFailedError;

/** Says on which backend a law was broken: the laws of all of them have the same names in a report. */
final class NamingTheBackend implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (context.getRequiredTestInstance() instanceof Laws laws && failure instanceof AssertionError) {
            String message = "On " + laws.fixture.name() + ": " + failure.getMessage();
            throw failure instanceof AssertionFailedError known && known.isExpectedDefined()
                    ? new AssertionFailedError(message, known.getExpected(), known.getActual(), failure)
                    : new AssertionFailedError(message, failure);
        }
        throw failure;
    }
}
