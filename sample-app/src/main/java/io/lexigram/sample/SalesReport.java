package io.lexigram.sample;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;

/**
 * How a product sells.
 *
 * <p>Other products appear by id alone: a report then goes out of date only with its own product or category, and these
 * two it can name as cache key and tag.
 *
 * @param revenue what the product has sold for, at the prices of the day
 * @param categoryRank place by revenue among the products of the category, 1 is the best
 * @param categoryShare part of the category's revenue, from 0 to 1
 * @param months the months in which the product was sold, oldest first
 * @param boughtTogether up to five products most often found in the same order
 */
record SalesReport(
        long id,
        String name,
        long categoryId,
        String category,
        BigDecimal price,
        long units,
        BigDecimal revenue,
        int categoryRank,
        int categorySize,
        BigDecimal categoryShare,
        List<Month> months,
        List<Companion> boughtTogether) {

    /** One month of a product, with its place by revenue among the products of its category sold in that month. */
    record Month(YearMonth month, long units, BigDecimal revenue, int categoryRank, BigDecimal categoryShare) {}

    /** Another product, and in how many orders the two were together. */
    record Companion(long id, long orders) {}
}
