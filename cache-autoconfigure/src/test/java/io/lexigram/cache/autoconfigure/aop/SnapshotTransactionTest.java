package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** On a database that really gives a transaction the data as they were when it began. */
class SnapshotTransactionTest {

    @AutoClose
    private final CachingContext context =
            CachingContext.of(TransactionTest.Database.class, TransactionTest.Products.class);

    private final TransactionTest.Products products = context.bean(TransactionTest.Products.class);
    private final JdbcClient jdbc = context.bean(JdbcClient.class);
    private final Cache<String> cache = context.cache("products", String.class);
    private final TransactionTemplate old = new TransactionTemplate(context.bean(PlatformTransactionManager.class));
    private final TransactionTemplate other = new TransactionTemplate(context.bean(PlatformTransactionManager.class));

    static Stream<Arguments> snapshots() {
        return Stream.of(TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE)
                .flatMap(level -> Stream.of(true, false).map(readOnly -> Arguments.of(level, readOnly)));
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void what_a_snapshot_older_than_an_invalidation_reads_is_not_stored(int level, boolean readOnly) {
        old.setIsolationLevel(level);
        old.setReadOnly(readOnly);
        other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        String seen = old.execute(status -> {
            jdbc.sql("SELECT COUNT(*) FROM products").query(Long.class).single();
            other.executeWithoutResult(inner -> products.rename(1, "new"));
            return products.find(1);
        });

        assertThat(seen).isEqualTo("lamp");
        assertThat(cache.exists("1")).isFalse();
        assertThat(products.find(1)).isEqualTo("new");
    }

    @Test
    void what_a_transaction_reads_of_its_own_changes_is_not_stored_when_it_rolls_back() {
        old.executeWithoutResult(status -> {
            jdbc.sql("UPDATE products SET name = 'uncommitted' WHERE id = 1").update();
            assertThat(products.find(1)).isEqualTo("uncommitted");
            status.setRollbackOnly();
        });

        assertThat(products.find(1)).isEqualTo("lamp");
    }

    @Test
    void nobody_outside_is_answered_with_what_a_transaction_reads_of_its_own_changes() {
        List<String> outside = old.execute(status -> {
            jdbc.sql("UPDATE products SET name = 'uncommitted' WHERE id = 1").update();
            products.find(1);
            TransactionTemplate none = new TransactionTemplate(context.bean(PlatformTransactionManager.class));
            none.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
            String seen = none.execute(suspended -> products.find(1));
            status.setRollbackOnly();
            return List.of(seen == null ? "" : seen);
        });

        assertThat(outside).containsExactly("lamp");
        assertThat(cache.get("1")).isEqualTo("lamp");
    }
}
