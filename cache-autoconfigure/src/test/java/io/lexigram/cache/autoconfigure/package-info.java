/** Tests of the auto-configuration. */
@NullMarked
package io.lexigram.cache.autoconfigure;

import org.jspecify.annotations.NullMarked;
