/** Real servers for tests: in Docker where an engine answers, else as a process of this machine. */
@NullMarked
package io.lexigram.cache.testing;

import org.jspecify.annotations.NullMarked;
