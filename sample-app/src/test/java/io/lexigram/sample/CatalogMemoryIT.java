package io.lexigram.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The catalogue as {@code mvn spring-boot:run} starts it. */
class CatalogMemoryIT extends CatalogContract {

    @Autowired
    JdbcClient jdbc;

    @Test
    void the_caches_are_in_memory_and_nobody_asks_for_a_redis() {
        JsonNode report = client.read("/actuator/cache");
        assertThat(report.required("defaultBackend").asString()).isEqualTo("memory");
        assertThat(report.at("/backends/memory/type").asString()).isEqualTo("memory");
        assertThat(report.at("/caches/products/ttl").asString()).isEqualTo("PT10M");

        JsonNode health = client.read("/actuator/health");
        assertThat(health.required("status").asString()).isEqualTo("UP");
        assertThat(health.required("components").has("lexigramCache")).isTrue();
        assertThat(health.required("components").has("redis")).isFalse();
    }

    @Test
    void the_catalogue_has_its_promised_size() {
        assertThat(count("categories")).isEqualTo(50);
        assertThat(count("products")).isEqualTo(20_000);
        assertThat(count("orders")).isEqualTo(50_000);
        assertThat(count("order_lines")).isEqualTo(200_000);
    }

    @Test
    void a_report_adds_up_and_is_the_same_on_every_start() {
        JsonNode report = client.read("/products/20/report");

        assertThat(report.required("units").asLong()).isEqualTo(329);
        assertThat(sum(report, "units")).isEqualByComparingTo("329");
        assertThat(report.required("revenue").decimalValue()).isEqualByComparingTo("87497.55");
        assertThat(sum(report, "revenue")).isEqualByComparingTo("87497.55");
        assertThat(report.required("categorySize").asInt()).isEqualTo(400);
        assertThat(report.required("boughtTogether")).hasSize(5);
    }

    private long count(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
    }

    private static BigDecimal sum(JsonNode report, String figure) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode month : report.required("months")) {
            sum = sum.add(month.required(figure).decimalValue());
        }
        return sum;
    }
}
