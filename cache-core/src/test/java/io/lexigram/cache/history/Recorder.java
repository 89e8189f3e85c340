package io.lexigram.cache.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Writes what one process does into its file. */
final class Recorder implements AutoCloseable {

    /** The last line of a whole file. */
    static final String END = "end";

    private static final long IDS_PER_PROCESS = 1_000_000_000;

    private final BufferedWriter file;
    private final AtomicLong ids;

    Recorder(Path file, int process) throws IOException {
        this.file = Files.newBufferedWriter(file);
        this.ids = new AtomicLong((process + 1) * IDS_PER_PROCESS);
    }

    /** The id of an origin, unlike that of any other process. */
    long nextId() {
        return ids.incrementAndGet();
    }

    void add(Operation operation) {
        line(Lines.write(operation));
    }

    @Override
    public void close() throws IOException {
        line(END);
        file.close();
    }

    private synchronized void line(String line) {
        try {
            file.write(line);
            file.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
