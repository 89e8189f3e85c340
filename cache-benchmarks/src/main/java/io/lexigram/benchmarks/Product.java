package io.lexigram.benchmarks;

import java.io.Serializable;
import java.util.List;

/** The value of all benchmarks, some 200 bytes of JSON. */
public record Product(
        String id,
        String name,
        String description,
        String category,
        long priceInCents,
        int stock,
        boolean available,
        List<String> labels)
        implements Serializable {

    public static Product of(String id) {
        return new Product(
                id,
                "Espresso machine " + id,
                "Fifteen bar, with a steel boiler and a grinder",
                "kitchen",
                24_990,
                17,
                true,
                List.of("steel", "new", "espresso"));
    }
}
