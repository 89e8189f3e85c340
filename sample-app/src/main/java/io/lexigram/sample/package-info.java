/** A product catalogue with sales reports: what an application looks like that uses Lexigram Cache. */
@NullMarked
package io.lexigram.sample;

import org.jspecify.annotations.NullMarked;
