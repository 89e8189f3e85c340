package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CountDownLatch;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.command.text.TextCASCommand;
import net.rubyeye.xmemcached.command.text.TextDeleteCommand;
import net.rubyeye.xmemcached.command.text.TextGetOneCommand;
import net.rubyeye.xmemcached.command.text.TextIncrDecrCommand;
import net.rubyeye.xmemcached.command.text.TextStoreCommand;
import net.rubyeye.xmemcached.transcoders.CachedData;
import org.jspecify.annotations.Nullable;

/** A request as a command of xmemcached, which counts down the latch of a command when it is answered. */
final class XmemcachedCommand extends CountDownLatch {

    private final Pending<?> pending;
    private final Command command;

    private XmemcachedCommand(Pending<?> pending) {
        super(1);
        this.pending = pending;
        this.command = command(pending.request(), this);
    }

    static Command of(Pending<?> pending) {
        Command command = new XmemcachedCommand(pending).command;
        pending.onGiveUp(command::cancel);
        return command;
    }

    @Override
    public void countDown() {
        super.countDown();
        Exception failure = command.getException();
        if (failure == null) {
            pending.complete(answer(command.getResult()));
        } else {
            pending.fail(failure);
        }
    }

    private static @Nullable Object answer(@Nullable Object result) {
        return result instanceof CachedData data ? new Item(data.getData(), data.getFlag(), data.getCas()) : result;
    }

    private static Command command(Request<?> request, CountDownLatch latch) {
        String key = request.key();
        byte[] bytes = key.getBytes(UTF_8);
        if (request instanceof Request.Get) {
            return new TextGetOneCommand(key, bytes, CommandType.GETS_ONE, latch);
        }
        if (request instanceof Request.Delete) {
            return new TextDeleteCommand(key, bytes, 0, latch, false);
        }
        if (request instanceof Request.Increment count) {
            return new TextIncrDecrCommand(key, bytes, CommandType.INCR, latch, count.by(), 0, false);
        }
        return store((Request.Store) request, bytes, latch);
    }

    private static Command store(Request.Store store, byte[] key, CountDownLatch latch) {
        CachedData data = data(store);
        int time = store.expiry().time();
        XmemcachedBytes untouched = XmemcachedBytes.UNTOUCHED;
        if (store.mode() == Request.Mode.CAS) {
            return new TextCASCommand(
                    store.key(), key, CommandType.CAS, latch, time, store.cas(), data, false, untouched);
        }
        CommandType type = store.mode() == Request.Mode.ADD ? CommandType.ADD : CommandType.SET;
        return new TextStoreCommand(store.key(), key, type, latch, time, -1, data, false, untouched);
    }

    /** The constructors of the library refuse more than 1 MB, whatever the server takes. */
    private static CachedData data(Request.Store store) {
        CachedData data = new CachedData();
        data.setFlag(store.expiry().flags());
        data.setCapacity(store.value().length);
        data.setSize(store.value().length);
        data.setData(store.value());
        return data;
    }
}
