package io.lexigram.benchmarks.run;

import java.nio.file.Path;

/** Something that is measured once in each round. */
interface Step {

    String name();

    /**
     * Measures.
     *
     * @param results the directory that takes a file of this step and round
     */
    void run(int round, Path results) throws Exception;
}
