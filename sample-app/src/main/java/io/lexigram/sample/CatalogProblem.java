package io.lexigram.sample;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The two ways in which a request to the catalogue fails; Spring answers them as {@code application/problem+json}. */
final class CatalogProblem {

    private CatalogProblem() {}

    static ResponseStatusException unknown(String what, long id) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + what + " " + id);
    }

    static ResponseStatusException invalid(String detail) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
    }
}
