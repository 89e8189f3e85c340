package io.lexigram.cache.backend.memcached;

import java.net.InetSocketAddress;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.MemcachedClientStateListener;

/** Counts the connections that xmemcached makes and loses. */
record XmemcachedListener(Reach reach) implements MemcachedClientStateListener {

    @Override
    public void onConnected(MemcachedClient client, InetSocketAddress server) {
        reach.connected();
    }

    @Override
    public void onDisconnected(MemcachedClient client, InetSocketAddress server) {
        reach.disconnected();
    }

    @Override
    public void onStarted(MemcachedClient client) {}

    @Override
    public void onShutDown(MemcachedClient client) {}

    @Override
    public void onException(MemcachedClient client, Throwable failure) {}
}
