package io.lexigram.cache.backend.redis;

import io.lettuce.core.ScanArgs;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The keys that begin with some bytes, a page at a time as they are asked for. Those that are there from the beginning to the
 * end are found at least once, whatever servers they are moved to.
 */
final class KeyPages extends AbstractSpliterator<byte[]> {

    private static final int PAGE = 250;

    private final Connector connector;
    private final Waits waits;
    private final byte[] prefix;
    private final ScanArgs pattern;
    private ScanPosition position = ScanPosition.START;
    private Iterator<byte[]> page = List.<byte[]>of().iterator();
    private volatile boolean closed;

    private KeyPages(Connector connector, Waits waits, byte[] prefix) {
        super(Long.MAX_VALUE, Spliterator.NONNULL);
        this.connector = connector;
        this.waits = waits;
        this.prefix = prefix.clone();
        this.pattern = ScanArgs.Builder.limit(PAGE).match(Glob.startingWith(prefix));
    }

    static Stream<byte[]> stream(Connector connector, Waits waits, byte[] prefix) {
        KeyPages pages = new KeyPages(connector, waits, prefix);
        return StreamSupport.stream(pages, false).onClose(() -> pages.closed = true);
    }

    @Override
    public boolean tryAdvance(Consumer<? super byte[]> action) {
        while (!closed) {
            if (page.hasNext()) {
                byte[] key = page.next();
                if (startsWith(key, prefix)) {
                    action.accept(key);
                    return true;
                }
            } else if (position.isFinished()) {
                return false;
            } else {
                turn();
            }
        }
        return false;
    }

    private void turn() {
        ScanPosition last = position;
        ScanPosition.Page next = waits.await(connector.submit(link -> last.read(link, pattern)));
        position = next.next();
        page = next.keys().iterator();
    }

    static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }
}
