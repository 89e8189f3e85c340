/** A product catalogue on an embedded database, and what the cache saves it. */
@NullMarked
package io.lexigram.sample;

import org.jspecify.annotations.NullMarked;
