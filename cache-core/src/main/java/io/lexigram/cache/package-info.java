/** The words of the domain: what an application holds when it uses a cache. */
@NullMarked
package io.lexigram.cache;

import org.jspecify.annotations.NullMarked;
