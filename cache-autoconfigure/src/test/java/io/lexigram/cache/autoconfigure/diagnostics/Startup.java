package io.lexigram.cache.autoconfigure.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.autoconfigure.Imports;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** Start-ups that fail, and what Spring Boot, with all its analyzers and ours, then says. */
final class Startup {

    private final ApplicationContextRunner runner;

    private Startup(ApplicationContextRunner runner) {
        this.runner = runner;
    }

    static Startup with(String... properties) {
        return new Startup(Imports.runner().withPropertyValues(properties));
    }

    static Startup of(ApplicationContextRunner runner) {
        return new Startup(runner);
    }

    /** The first analysis, as Boot's own reporter chooses it. */
    FailureAnalysis failure() {
        AtomicReference<ConfigurableApplicationContext> started = new AtomicReference<>();
        AtomicReference<FailureAnalysis> found = new AtomicReference<>();
        runner.withInitializer(started::set).run(context -> {
            assertThat(context).hasFailed();
            ArgumentResolver arguments = ArgumentResolver.of(
                            BeanFactory.class, started.get().getBeanFactory())
                    .and(
                            org.springframework.core.env.Environment.class,
                            started.get().getEnvironment());
            for (FailureAnalyzer analyzer : SpringFactoriesLoader.forDefaultResourceLocation()
                    .load(FailureAnalyzer.class, arguments, (type, name, fault) -> {})) {
                FailureAnalysis analysis = analyzer.analyze(context.getStartupFailure());
                if (analysis != null) {
                    found.set(analysis);
                    return;
                }
            }
        });
        assertThat(found.get()).as("an analysis of the failure").isNotNull();
        return found.get();
    }
}
