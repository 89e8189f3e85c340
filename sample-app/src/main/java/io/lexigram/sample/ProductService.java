package io.lexigram.sample;

import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes single products. */
@Service
class ProductService {

    private static final String SELECT = """
            SELECT p.id, p.name, p.category_id, c.name AS category, p.price, p.stock
            FROM products AS p
            JOIN categories AS c ON c.id = p.category_id
            WHERE p.id = :id
            """;

    private static final String UPDATE = "UPDATE products SET name = :name, price = :price WHERE id = :id";

    private final JdbcClient jdbc;

    ProductService(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Cached(cache = "products", key = "#id", tags = "category:#{#result.categoryId}")
    public Product find(long id) {
        return select(id);
    }

    /**
     * Changes name and price. The new product takes the old one's place in the cache once the transaction has
     * committed; its report and the pages of its category show name or price as well, so they go.
     */
    @Transactional
    @CacheUpdate(cache = "products", key = "#id", tags = "category:#{#result.categoryId}")
    @CacheInvalidate(cache = "reports", key = "#id")
    @CacheInvalidate(cache = "categories", tags = "category:#{#result.categoryId}")
    public Product update(long id, ProductChange change) {
        jdbc.sql(UPDATE)
                .param("name", change.checkedName())
                .param("price", change.checkedPrice())
                .param("id", id)
                .update();
        return select(id);
    }

    private Product select(long id) {
        return jdbc.sql(SELECT)
                .param("id", id)
                .query(Product.class)
                .optional()
                .orElseThrow(() -> CatalogProblem.unknown("product", id));
    }
}
