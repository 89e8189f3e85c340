package io.lexigram.sample;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The new name and price of a product, as a client sent them. */
record ProductChange(@Nullable String name, @Nullable BigDecimal price) {

    private static final int MAX_NAME = 120;
    private static final BigDecimal MIN_PRICE = new BigDecimal("0.01");
    private static final BigDecimal MAX_PRICE = new BigDecimal("99999999.99");

    /** The name without surrounding blanks; a missing, blank or overlong one is answered with status 400. */
    String checkedName() {
        if (name == null || name.isBlank()) {
            throw CatalogProblem.invalid("name must not be blank");
        }
        String stripped = name.strip();
        if (stripped.length() > MAX_NAME) {
            throw CatalogProblem.invalid(
                    "name must have at most " + MAX_NAME + " characters but has " + stripped.length());
        }
        return stripped;
    }

    /** The price; a missing one, or one the shop cannot charge, is answered with status 400. */
    BigDecimal checkedPrice() {
        if (price == null) {
            throw CatalogProblem.invalid("price must be given");
        }
        if (price.compareTo(MIN_PRICE) < 0
                || price.compareTo(MAX_PRICE) > 0
                || price.stripTrailingZeros().scale() > 2) {
            throw CatalogProblem.invalid("price must be from " + MIN_PRICE + " to " + MAX_PRICE
                    + " with at most two decimals but is " + price);
        }
        return price;
    }
}
