package io.lexigram.sample;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Categories and their discounts over HTTP. */
@RestController
@RequestMapping("/categories/{id}")
class CategoryController {

    private final CategoryService categories;

    CategoryController(CategoryService categories) {
        this.categories = categories;
    }

    @GetMapping("/products")
    CategoryPage products(@PathVariable long id, @RequestParam(defaultValue = "0") int page) {
        return categories.page(id, page);
    }

    @PostMapping("/discount")
    Discount discount(@PathVariable long id, @RequestParam int percent) {
        return categories.discount(id, percent);
    }
}
