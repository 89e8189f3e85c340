/** How the nodes that share a backend tell each other what they invalidated. */
@NullMarked
package io.lexigram.cache.channel;

import org.jspecify.annotations.NullMarked;
