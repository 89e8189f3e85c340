/** What was measured, as ratios with their intervals, tables, charts and the page. */
@NullMarked
package io.lexigram.benchmarks.report;

import org.jspecify.annotations.NullMarked;
