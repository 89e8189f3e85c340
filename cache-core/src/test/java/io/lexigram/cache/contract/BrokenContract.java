package io.lexigram.cache.contract;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The contract on a backend that is broken. Only {@link BrokenBackendsTest} runs it, and says which fault by the configuration
 * parameter {@value #FAULT}.
 */
@ExtendWith(BrokenContract.ChosenFault.class)
final class BrokenContract extends BackendContract {

    static final String FAULT = "lexigram.contract.fault";

    private final Fault fault;

    BrokenContract(Fault fault) {
        this.fault = fault;
    }

    @Override
    protected BackendFixture fixture() {
        return fault.fixture().get();
    }

    static final class ChosenFault implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Fault.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return BrokenBackends.named(context.getConfigurationParameter(FAULT).orElseThrow());
        }
    }
}
