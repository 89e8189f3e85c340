package io.lexigram.sample;

import java.math.BigDecimal;

/** A product as the shop shows it. */
record Product(long id, String name, long categoryId, String category, BigDecimal price, int stock) {}
