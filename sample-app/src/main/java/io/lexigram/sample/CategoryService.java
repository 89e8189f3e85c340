package io.lexigram.sample;

import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.Cached;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Pages through categories and grants discounts on them. */
@Service
class CategoryService {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PERCENT = 90;

    private static final String NAME = "SELECT name FROM categories WHERE id = :id";

    private static final String COUNT = "SELECT COUNT(*) FROM products WHERE category_id = :id";

    private static final String PAGE = """
            SELECT p.id, p.name, p.price, COALESCE(SUM(l.quantity), 0) AS units
            FROM products AS p
            LEFT JOIN order_lines AS l ON l.product_id = p.id
            WHERE p.category_id = :id
            GROUP BY p.id, p.name, p.price
            ORDER BY units DESC, p.id
            OFFSET :offset ROWS FETCH NEXT :size ROWS ONLY
            """;

    private static final String DISCOUNT = """
            UPDATE products SET price = GREATEST(0.01, ROUND(price * (100 - :percent) / 100, 2)) WHERE category_id = :id
            """;

    private final JdbcClient jdbc;

    CategoryService(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Pages after the last one are empty, and not worth a place in the cache. */
    @Cached(
            cache = "categories",
            key = "#id + ':' + #page",
            tags = "category:#{#id}",
            unless = "#result.products.isEmpty()")
    public CategoryPage page(long id, int page) {
        if (page < 0) {
            throw CatalogProblem.invalid("page must be 0 or more but is " + page);
        }
        String name = name(id);
        int total = jdbc.sql(COUNT).param("id", id).query(Integer.class).single();
        List<CategoryPage.Item> products = jdbc.sql(PAGE)
                .param("id", id)
                .param("offset", (long) page * PAGE_SIZE)
                .param("size", PAGE_SIZE)
                .query(CategoryPage.Item.class)
                .list();
        return new CategoryPage(id, name, page, (total + PAGE_SIZE - 1) / PAGE_SIZE, total, products);
    }

    /** Lowers every price of the category. Whatever shows one of these prices goes from the caches after the commit. */
    @Transactional
    @CacheInvalidate(cache = "products", tags = "category:#{#id}")
    @CacheInvalidate(cache = "reports", tags = "category:#{#id}")
    @CacheInvalidate(cache = "categories", tags = "category:#{#id}")
    public Discount discount(long id, int percent) {
        if (percent < 1 || percent > MAX_PERCENT) {
            throw CatalogProblem.invalid("percent must be from 1 to " + MAX_PERCENT + " but is " + percent);
        }
        name(id);
        int products =
                jdbc.sql(DISCOUNT).param("percent", percent).param("id", id).update();
        return new Discount(id, percent, products);
    }

    private String name(long id) {
        return jdbc.sql(NAME)
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> CatalogProblem.unknown("category", id));
    }
}
