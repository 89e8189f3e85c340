/** The snippets of the documentation that need Spring Boot. */
@NullMarked
package io.lexigram.cache.autoconfigure.docs;

import org.jspecify.annotations.NullMarked;
