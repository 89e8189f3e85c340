package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import io.lexigram.cache.autoconfigure.backend.MemoryBackendAutoConfiguration;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A load with time-outs, which is another thread's, reads in the transaction that it is asked for in. */
class TransactionThreadTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LexigramCacheAutoConfiguration.class,
                    MemoryBackendAutoConfiguration.class,
                    CacheAnnotationsAutoConfiguration.class))
            .withUserConfiguration(Database.class, Products.class)
            .withPropertyValues("lexigram.cache.caches.products.load-timeout.soft=1ms")
            .withPropertyValues("lexigram.cache.caches.products.load-timeout.hard=30s");

    @Test
    void a_load_of_the_service_reads_what_its_transaction_has_written() {
        inTransaction(false, (products, cache) -> {
            products.insert(1, "lamp");

            assertThat(cache.<RuntimeException>get("1", () -> products.select(1)))
                    .isEqualTo("lamp");
        });
    }

    @Test
    void an_annotated_method_runs_in_the_read_only_transaction_of_its_caller() {
        inTransaction(
                true, (products, cache) -> assertThat(products.isReadOnly(1)).isTrue());
    }

    @Test
    void a_load_outside_transactions_is_another_threads() {
        application.run(context -> {
            Cache<String> cache = context.getBean(CacheService.class).cache("products", TypeRef.of(String.class));

            assertThat(cache.<RuntimeException>get(
                            "1", () -> Thread.currentThread().getName()))
                    .isNotEqualTo(Thread.currentThread().getName());
        });
    }

    private void inTransaction(boolean readOnly, BiConsumer<Products, Cache<String>> work) {
        application.run(context -> {
            TransactionTemplate transaction =
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            transaction.setReadOnly(readOnly);
            transaction.executeWithoutResult(status -> work.accept(
                    context.getBean(Products.class),
                    context.getBean(CacheService.class).cache("products", TypeRef.of(String.class))));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Database {

        @Bean
        DataSource dataSource() {
            DataSource database = new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .generateUniqueName(true)
                    .build();
            JdbcClient.create(database)
                    .sql("CREATE TABLE products (id BIGINT PRIMARY KEY, name VARCHAR(100))")
                    .update();
            return database;
        }

        @Bean
        PlatformTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }
    }

    static class Products {

        private final JdbcClient client;

        Products(DataSource database) {
            this.client = JdbcClient.create(database);
        }

        public void insert(long id, String name) {
            client.sql("INSERT INTO products VALUES (?, ?)").params(id, name).update();
        }

        public String select(long id) {
            return client.sql("SELECT name FROM products WHERE id = ?")
                    .param(id)
                    .query(String.class)
                    .single();
        }

        @Cached(cache = "products", key = "'read-only:' + #id")
        public boolean isReadOnly(long id) {
            return TransactionSynchronizationManager.isCurrentTransactionReadOnly();
        }
    }
}
