package io.lexigram.cache.history;

import java.util.stream.Stream;

/** What must hold in every history. */
interface Rule {

    Stream<Violation> violations(History history);
}
