package io.lexigram.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.sample.CatalogClient.Answer;
import io.lexigram.sample.CatalogClient.Counters;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * What holds on every backend. Products 1 to 50 are the best sellers of the categories 1 to 50, so product {@code n} is on
 * the first page of category {@code n}; each test that changes something has a category of its own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class CatalogContract {

    static final List<String> CACHES = List.of("products", "reports", "categories");

    CatalogClient client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new CatalogClient(port);
        CACHES.forEach(cache ->
                assertThat(client.delete("/actuator/cache/" + cache).status()).isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource({"products, /products/1", "reports, /products/1/report", "categories, /categories/1/products?page=1"})
    void the_second_read_is_a_hit_for_the_endpoint_and_the_meter_alike(String cache, String path) {
        Counters before = client.counters(cache);

        JsonNode first = client.read(path);
        JsonNode second = client.read(path);

        assertThat(second).isEqualTo(first);
        Counters after = client.counters(cache);
        assertThat(after.since(before)).isEqualTo(new Counters(1, 1, 1));
        assertThat(client.gets(cache, "hit")).isEqualTo(after.hits());
        assertThat(client.gets(cache, "miss")).isEqualTo(after.misses());
    }

    @Test
    void readers_that_come_at_once_share_one_load() throws Exception {
        Counters before = client.counters("reports");
        ExecutorService readers = Executors.newFixedThreadPool(8);
        try {
            Callable<JsonNode> reader = () -> client.read("/products/2/report");
            List<Future<JsonNode>> answers = readers.invokeAll(Collections.nCopies(8, reader));
            for (Future<JsonNode> answer : answers) {
                assertThat(answer.get().required("id").asLong()).isEqualTo(2);
            }
        } finally {
            readers.shutdownNow();
        }
        assertThat(client.counters("reports").since(before).loads()).isEqualTo(1);
    }

    @Test
    void an_update_is_visible_at_once_wherever_the_product_shows() {
        readAllOf(3);
        Counters before = client.counters("products");

        Answer answer = client.put("/products/3", "{\"name\": \"Renamed\", \"price\": 9.5}");

        assertThat(answer.status()).isEqualTo(200);
        assertShows(client.read("/products/3"), "Renamed", "9.50");
        assertThat(client.counters("products").since(before)).isEqualTo(new Counters(1, 0, 0));
        assertShows(client.read("/products/3/report"), "Renamed", "9.50");
        assertShows(onFirstPage(3), "Renamed", "9.50");
    }

    @Test
    void an_update_leaves_the_entries_of_other_products_and_categories() {
        List<String> others = List.of("/products/54", "/products/54/report", "/products/5", "/categories/5/products");
        others.forEach(client::read);
        List<Counters> before = counters();

        assertThat(client.put("/products/4", "{\"name\": \"Renamed\", \"price\": 1}")
                        .status())
                .isEqualTo(200);

        others.forEach(client::read);
        assertThat(since(before)).containsExactly(new Counters(2, 0, 0), new Counters(1, 0, 0), new Counters(1, 0, 0));
    }

    @Test
    void a_discount_is_visible_at_once_wherever_its_prices_show() {
        client.put("/products/6", "{\"name\": \"Before the sale\", \"price\": 200}");
        readAllOf(6);

        Answer answer = client.post("/categories/6/discount?percent=15");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().required("products").asInt()).isEqualTo(400);
        assertShows(client.read("/products/6"), "Before the sale", "170.00");
        assertShows(client.read("/products/6/report"), "Before the sale", "170.00");
        assertShows(onFirstPage(6), "Before the sale", "170.00");
    }

    @Test
    void a_discount_leaves_the_entries_of_other_categories() {
        readAllOf(8);
        List<Counters> before = counters();

        assertThat(client.post("/categories/7/discount?percent=10").status()).isEqualTo(200);

        readAllOf(8);
        assertThat(since(before)).containsOnly(new Counters(1, 0, 0)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \" \", \"price\": 2}",
                "{\"price\": 2}",
                "{\"name\": \"A\", \"price\": 0}",
                "{\"name\": \"A\", \"price\": 1.001}",
                "{\"name\": \"A\", \"price\": 100000000}",
                "{\"name\": \"A\"}",
                "{\"name\": "
            })
    void a_refused_update_is_a_problem_and_changes_nothing(String body) {
        JsonNode product = client.read("/products/9");
        Counters before = client.counters("products");

        assertProblem(client.put("/products/9", body), 400);

        assertThat(client.read("/products/9")).isEqualTo(product);
        assertThat(client.counters("products").since(before)).isEqualTo(new Counters(1, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?percent=0", "?percent=91", "?percent=ten", ""})
    void a_refused_discount_is_a_problem_and_changes_nothing(String query) {
        readAllOf(10);
        List<Counters> before = counters();

        assertProblem(client.post("/categories/10/discount" + query), 400);

        readAllOf(10);
        assertThat(since(before)).containsOnly(new Counters(1, 0, 0)).hasSize(3);
    }

    @Test
    void what_does_not_exist_is_a_problem_with_status_404() {
        assertProblem(client.get("/products/20001"), 404);
        assertProblem(client.get("/products/0/report"), 404);
        assertProblem(client.put("/products/20001", "{\"name\": \"A\", \"price\": 2}"), 404);
        assertProblem(client.get("/categories/51/products"), 404);
        assertProblem(client.post("/categories/51/discount?percent=5"), 404);
    }

    @Test
    void a_page_after_the_last_is_empty_and_not_cached() {
        Counters before = client.counters("categories");

        for (int i = 0; i < 2; i++) {
            assertThat(client.read("/categories/11/products?page=20").required("products"))
                    .isEmpty();
        }

        assertThat(client.counters("categories").since(before).hits()).isZero();
    }

    @Test
    void clearing_a_cache_makes_the_next_read_load_anew() {
        client.read("/products/12");
        Counters before = client.counters("products");

        assertThat(client.delete("/actuator/cache/products")
                        .json()
                        .required("removed")
                        .asLong())
                .isEqualTo(1);

        client.read("/products/12");
        assertThat(client.counters("products").since(before)).isEqualTo(new Counters(0, 1, 1));
    }

    @Test
    void an_unknown_cache_is_not_found() {
        assertThat(client.get("/actuator/cache/nosuch").status()).isEqualTo(404);
        assertThat(client.delete("/actuator/cache/nosuch").status()).isEqualTo(404);
    }

    @Test
    void the_start_page_needs_nothing_from_elsewhere() {
        Answer page = client.get("/");

        assertThat(page.type()).startsWith("text/html");
        assertThat(page.body())
                .contains("/actuator/cache", "/actuator/health")
                .doesNotContain("//cdn", "http://", "https://");
    }

    private void readAllOf(int id) {
        client.read("/products/" + id);
        client.read("/products/" + id + "/report");
        client.read("/categories/" + id + "/products");
    }

    private JsonNode onFirstPage(int id) {
        for (JsonNode product : client.read("/categories/" + id + "/products").required("products")) {
            if (product.required("id").asLong() == id) {
                return product;
            }
        }
        throw new AssertionError("Product " + id + " is not on the first page of category " + id);
    }

    private List<Counters> counters() {
        return CACHES.stream().map(client::counters).toList();
    }

    private List<Counters> since(List<Counters> before) {
        List<Counters> now = counters();
        return List.of(
                now.get(0).since(before.get(0)),
                now.get(1).since(before.get(1)),
                now.get(2).since(before.get(2)));
    }

    private static void assertShows(JsonNode shown, String name, String price) {
        assertThat(shown.required("name").asString()).isEqualTo(name);
        assertThat(shown.required("price").decimalValue()).isEqualByComparingTo(new BigDecimal(price));
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().required("detail").asString()).isNotBlank();
    }
}
