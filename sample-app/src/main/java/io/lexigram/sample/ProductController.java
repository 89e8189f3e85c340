package io.lexigram.sample;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Products and their sales reports over HTTP. */
@RestController
@RequestMapping("/products/{id}")
class ProductController {

    private final ProductService products;
    private final ReportService reports;

    ProductController(ProductService products, ReportService reports) {
        this.products = products;
        this.reports = reports;
    }

    @GetMapping
    Product product(@PathVariable long id) {
        return products.find(id);
    }

    @PutMapping
    Product change(@PathVariable long id, @RequestBody ProductChange change) {
        return products.update(id, change);
    }

    @GetMapping("/report")
    SalesReport report(@PathVariable long id) {
        return reports.report(id);
    }
}
