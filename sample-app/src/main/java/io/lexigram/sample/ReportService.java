package io.lexigram.sample;

import io.lexigram.cache.annotation.Cached;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Works out the sales report of a product: the expensive part of the catalogue. */
@Service
class ReportService {

    private static final String STANDING = """
            WITH sales AS (
                SELECT p.id, COALESCE(SUM(l.quantity), 0) AS units, COALESCE(SUM(l.quantity * l.unit_price), 0) AS revenue
                FROM products AS p
                LEFT JOIN order_lines AS l ON l.product_id = p.id
                WHERE p.category_id = (SELECT category_id FROM products WHERE id = :id)
                GROUP BY p.id
            ), ranked AS (
                SELECT id, units, revenue,
                       RANK() OVER (ORDER BY revenue DESC) AS category_rank,
                       COUNT(*) OVER () AS category_size,
                       ROUND(revenue / NULLIF(SUM(revenue) OVER (), 0), 4) AS category_share
                FROM sales
            )
            SELECT p.id, p.name, p.category_id, c.name AS category, p.price,
                   r.units, r.revenue, r.category_rank, r.category_size, COALESCE(r.category_share, 0) AS category_share
            FROM ranked AS r
            JOIN products AS p ON p.id = r.id
            JOIN categories AS c ON c.id = p.category_id
            WHERE r.id = :id
            """;

    private static final String MONTHS = """
            WITH sales AS (
                SELECT l.product_id, DATE_TRUNC(MONTH, o.placed_on) AS placed_in,
                       SUM(l.quantity) AS units, SUM(l.quantity * l.unit_price) AS revenue
                FROM products AS p
                JOIN order_lines AS l ON l.product_id = p.id
                JOIN orders AS o ON o.id = l.order_id
                WHERE p.category_id = (SELECT category_id FROM products WHERE id = :id)
                GROUP BY l.product_id, placed_in
            ), ranked AS (
                SELECT product_id, placed_in, units, revenue,
                       RANK() OVER (PARTITION BY placed_in ORDER BY revenue DESC) AS category_rank,
                       ROUND(revenue / SUM(revenue) OVER (PARTITION BY placed_in), 4) AS category_share
                FROM sales
            )
            SELECT placed_in, units, revenue, category_rank, category_share
            FROM ranked
            WHERE product_id = :id
            ORDER BY placed_in
            """;

    private static final String BOUGHT_TOGETHER = """
            SELECT other.product_id AS id, COUNT(DISTINCT other.order_id) AS orders
            FROM order_lines AS l
            JOIN order_lines AS other ON other.order_id = l.order_id AND other.product_id <> l.product_id
            WHERE l.product_id = :id
            GROUP BY other.product_id
            ORDER BY orders DESC, other.product_id
            FETCH FIRST 5 ROWS ONLY
            """;

    private final JdbcClient jdbc;

    ReportService(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Cached(cache = "reports", key = "#id", tags = "category:#{#result.categoryId}")
    public SalesReport report(long id) {
        List<SalesReport.Month> months =
                jdbc.sql(MONTHS).param("id", id).query(ReportService::month).list();
        List<SalesReport.Companion> companions = jdbc.sql(BOUGHT_TOGETHER)
                .param("id", id)
                .query(SalesReport.Companion.class)
                .list();
        return jdbc.sql(STANDING)
                .param("id", id)
                .query((row, n) -> report(row, months, companions))
                .optional()
                .orElseThrow(() -> CatalogProblem.unknown("product", id));
    }

    private static SalesReport report(
            ResultSet row, List<SalesReport.Month> months, List<SalesReport.Companion> companions) throws SQLException {
        return new SalesReport(
                row.getLong("id"),
                row.getString("name"),
                row.getLong("category_id"),
                row.getString("category"),
                row.getBigDecimal("price"),
                row.getLong("units"),
                row.getBigDecimal("revenue"),
                row.getInt("category_rank"),
                row.getInt("category_size"),
                row.getBigDecimal("category_share"),
                months,
                companions);
    }

    private static SalesReport.Month month(ResultSet row, int number) throws SQLException {
        return new SalesReport.Month(
                YearMonth.from(row.getObject("placed_in", LocalDate.class)),
                row.getLong("units"),
                row.getBigDecimal("revenue"),
                row.getInt("category_rank"),
                row.getBigDecimal("category_share"));
    }
}
