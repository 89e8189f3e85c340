/** The laws of every backend, as tests, and the broken backends that show them to be laws. */
@NullMarked
package io.lexigram.cache.contract;

import org.jspecify.annotations.NullMarked;
