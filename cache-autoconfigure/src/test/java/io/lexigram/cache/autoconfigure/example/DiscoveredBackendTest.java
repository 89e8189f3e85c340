package io.lexigram.cache.autoconfigure.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.CacheBackendFactory;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.spi.CacheBackend;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A jar of a third party, seen as the application's class loader sees it. */
class DiscoveredBackendTest {

    private static final String OWN = "lexigram.cache.backends.own.";

    private final ApplicationContextRunner runner = Imports.runner()
            .withClassLoader(with(DiscoveredBackendTest.class.getResource("/acme/")))
            .withPropertyValues(OWN + "type=acme", OWN + "options.region=eu");

    @Test
    void a_backend_type_that_a_jar_lists_is_known_and_has_its_options() {
        runner.run(context -> {
            CacheService cache = context.getBean(CacheService.class);
            Cache<String> users = cache.cache("users", String.class);
            users.put("1", "Ada");

            assertThat(users.get("1")).isEqualTo("Ada");
            assertThat(users.delete("1")).isTrue();
            assertThat(users.get("1")).isNull();
            assertThat(cache.backends().get("own").type()).isEqualTo("acme");
            assertThat(cache.unwrap(String.class)).isEqualTo("eu");
        });
    }

    @Test
    void what_it_refuses_is_told_with_the_name_of_the_property() {
        runner.withPropertyValues("lexigram.cache.backends.other.type=acme", "lexigram.cache.default-backend=own")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("lexigram.cache.backends.other.options.region")
                        .hasMessageContaining("such as eu"));
    }

    @Test
    void a_bean_of_the_same_type_goes_before_it() {
        runner.withBean(CacheBackendFactory.class, OtherAcme::new)
                .run(context -> assertThat(context.getBean(CacheService.class).unwrap(String.class))
                        .isEqualTo("bean"));
    }

    @Test
    void an_entry_that_cannot_be_made_is_named(@TempDir Path jar) throws Exception {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(CacheBackendFactory.class.getName()), "com.acme.Missing", StandardCharsets.UTF_8);

        Imports.runner().withClassLoader(with(jar.toUri().toURL())).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("META-INF/services/" + CacheBackendFactory.class.getName())
                .hasMessageContaining("com.acme.Missing"));
    }

    private static ClassLoader with(URL more) {
        return new URLClassLoader(new URL[] {more}, DiscoveredBackendTest.class.getClassLoader());
    }

    private static final class OtherAcme implements CacheBackendFactory {

        @Override
        public String type() {
            return "acme";
        }

        @Override
        public CacheBackend create(BackendContext context) {
            return new EncodedBackend(new AcmeBackend("bean"), "p");
        }
    }
}
