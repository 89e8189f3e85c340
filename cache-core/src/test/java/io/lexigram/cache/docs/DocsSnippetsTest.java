package io.lexigram.cache.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.LoadTimeout;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippets that open the pages of the documentation, word for word; each runs in a test of its own. */
class DocsSnippetsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path SOURCE = Path.of("src/test/java/io/lexigram/cache/docs/DocsSnippetsTest.java");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final CacheService cacheService = LexigramCache.builder()
            .backend("memory", MemoryBackend.builder().build())
            .codec(new JsonCodec())
            .build();
    private final Cache<Product> products = cacheService.cache("products", Product.class);

    @AfterEach
    void stop() {
        cacheService.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stampede", "invalidation", "lifetimes", "fail-safe"})
    void a_page_shows_what_is_compiled_here(String page) throws IOException {
        Matcher snippet = JAVA.matcher(Files.readString(DOCS.resolve(page + ".md")));

        assertThat(snippet.find()).isTrue();
        assertThat(unspaced(Files.readString(SOURCE))).contains(unspaced(snippet.group(1)));
    }

    private static String unspaced(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void one_load() {
        Products database = Product::new;

        Product product = products.get("42", () -> database.load(42));

        assertThat(product).isEqualTo(new Product(42));
    }

    @Test
    void an_invalidation_of_a_tag() {
        Product product = new Product(42);

        products.put("42", product, CallOptions.NONE.tags("category:7"));
        long removed = cacheService.invalidateTags("category:7");

        assertThat(removed).isEqualTo(1);
        assertThat(products.get("42")).isNull();
    }

    @Test
    void a_load_that_says_what_still_holds() {
        Bank bank = (currency, version) -> new Answer("etag", new Rates(currency));

        Cache<Rates> rates = cacheService.cache(CacheSpec.of("rates", Rates.class)
                .ttl(Duration.ofMinutes(10))
                .nullTtl(Duration.ofSeconds(30))
                .refreshAhead(RefreshAhead.DEFAULT)
                .build());

        Rates today = rates.get("EUR", context -> {
            Answer answer = bank.rates("EUR", context.staleVersion());
            if (answer.isNotModified()) {
                context.notModified();
                return null;
            }
            context.version(answer.etag());
            return answer.rates();
        });

        assertThat(today).isEqualTo(new Rates("EUR"));
        assertThat(rates.getEntry("EUR").orElseThrow().version()).isEqualTo("etag");
    }

    @Test
    void a_value_that_stands_in() {
        Pricing pricing = Price::new;

        Cache<Price> prices = cacheService.cache(CacheSpec.of("prices", Price.class)
                .ttl(Duration.ofMinutes(1))
                .failSafe(new FailSafe(Duration.ofHours(6), Duration.ofSeconds(30)))
                .loadTimeout(new LoadTimeout(Duration.ofMillis(100), Duration.ofSeconds(20)))
                .build());

        Price price = prices.get("42", () -> pricing.of(42));

        assertThat(price).isEqualTo(new Price(42));
    }

    private record Product(long id) {}

    private interface Products {
        Product load(long id);
    }

    private record Rates(String currency) {}

    private record Answer(String etag, Rates rates) {
        boolean isNotModified() {
            return false;
        }
    }

    private interface Bank {
        Answer rates(String currency, @Nullable String version);
    }

    private record Price(long cents) {}

    private interface Pricing {
        Price of(long product);
    }
}
