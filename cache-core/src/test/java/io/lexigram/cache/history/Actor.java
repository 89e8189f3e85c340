package io.lexigram.cache.history;

/** A step in the sequence of one thread of one process; the seed of the run tells what it is. */
record Actor(int process, int thread, int step) {

    static Actor parse(String text) {
        String[] parts = text.split("/");
        return new Actor(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public String toString() {
        return process + "/" + thread + "/" + step;
    }
}
