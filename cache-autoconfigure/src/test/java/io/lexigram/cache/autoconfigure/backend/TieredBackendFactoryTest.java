package io.lexigram.cache.autoconfigure.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.Imports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a tiered backend may be made of; nothing here connects. */
class TieredBackendFactoryTest {

    private static final String BACKENDS = "lexigram.cache.backends.";

    private final ApplicationContextRunner runner = Imports.runner()
            .withPropertyValues(
                    BACKENDS + "both.type=tiered",
                    BACKENDS + "local.type=memory",
                    BACKENDS + "shared.type=redis",
                    BACKENDS + "shared.url=redis://127.0.0.1:1",
                    "lexigram.cache.default-backend=both");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "l1=local                                       | lexigram.cache.backends.both.l2 | needs one",
                "l2=nobody                                      | lexigram.cache.backends.both.l2 | no backend of this name",
                "l2=local                                       | lexigram.cache.backends.both.l2 | no memory",
                "l2=both                                        | lexigram.cache.backends.both | made of itself",
                "l2=shared,l1=shared                            | lexigram.cache.backends.both.l1 | in the memory",
                "l2=shared,l1=nobody                            | lexigram.cache.backends.both.l1 | no backend of this name",
                "l2=shared,l1-ttl-multiplier=0                  | l1-ttl-multiplier | above 0",
                "l2=shared,l1-ttl-multiplier=1.5                | l1-ttl-multiplier | up to 1",
                "l2=shared,l1-max-ttl=0s                        | l1-max-ttl | above 0",
                "l2=shared,heartbeat=1ms                        | heartbeat | from",
                "l2=shared,max-disconnected=-1s                 | max-disconnected | at least 0"
            })
    void what_cannot_be_two_tiers_is_refused_with_what_to_write_instead(String settings, String setting, String says) {
        ApplicationContextRunner configured = runner;
        for (String each : settings.split(",")) {
            configured = configured.withPropertyValues(BACKENDS + "both." + each);
        }
        configured.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining(setting)
                .hasMessageContaining(says));
    }

    @Test
    void caches_on_it_are_closed_with_the_service_and_it_needs_no_server_to_start() {
        runner.withPropertyValues(BACKENDS + "both.l1=local", BACKENDS + "both.l2=shared")
                .run(context -> {
                    Cache<String> words = context.getBean(CacheService.class).cache("words", String.class);

                    assertThat(words.get("a", () -> "loaded")).isEqualTo("loaded");
                    assertThat(words.inspect("a").answeredBy()).isEqualTo("both.l2");
                });
    }
}
