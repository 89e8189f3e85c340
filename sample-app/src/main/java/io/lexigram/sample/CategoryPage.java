package io.lexigram.sample;

import java.math.BigDecimal;
import java.util.List;

/**
 * A page of a category, best sellers first.
 *
 * @param page number of this page, the first is 0
 * @param pages how many pages the category has
 * @param total how many products the category has
 * @param products the products of this page, empty after the last page
 */
record CategoryPage(long id, String name, int page, int pages, int total, List<Item> products) {

    /** One product of the page and how many pieces of it were sold. */
    record Item(long id, String name, BigDecimal price, long units) {}
}
