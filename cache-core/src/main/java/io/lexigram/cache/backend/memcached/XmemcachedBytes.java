package io.lexigram.cache.backend.memcached;

import net.rubyeye.xmemcached.transcoders.CachedData;
import net.rubyeye.xmemcached.transcoders.CompressionMode;
import net.rubyeye.xmemcached.transcoders.Transcoder;

/** Leaves bytes and flags as they are. The transcoders of the library would deserialize objects where the flags say so. */
final class XmemcachedBytes implements Transcoder<CachedData> {

    static final XmemcachedBytes UNTOUCHED = new XmemcachedBytes();

    private XmemcachedBytes() {}

    @Override
    public CachedData encode(CachedData data) {
        return data;
    }

    @Override
    public CachedData decode(CachedData data) {
        return data;
    }

    @Override
    public void setPrimitiveAsString(boolean primitiveAsString) {}

    @Override
    public void setPackZeros(boolean packZeros) {}

    @Override
    public void setCompressionThreshold(int threshold) {}

    @Override
    public boolean isPrimitiveAsString() {
        return false;
    }

    @Override
    public boolean isPackZeros() {
        return false;
    }

    @Override
    public void setCompressionMode(CompressionMode mode) {}
}
