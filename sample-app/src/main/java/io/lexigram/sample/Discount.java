package io.lexigram.sample;

/**
 * A discount that was granted.
 *
 * @param products how many products became cheaper
 */
record Discount(long categoryId, int percent, int products) {}
