/** Values as JSON, read as the declared type and no other. */
@NullMarked
package io.lexigram.cache.codec.json;

import org.jspecify.annotations.NullMarked;
