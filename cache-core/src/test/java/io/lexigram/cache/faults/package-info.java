/** Applications that go on while their servers and networks fail. */
@NullMarked
package io.lexigram.cache.faults;

import org.jspecify.annotations.NullMarked;
