package io.lexigram.cache.codec;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksum of an envelope as it is documented, computed a second time. */
final class Checksums {

    private Checksums() {}

    static void correct(byte[] envelope) {
        CRC32C crc = new CRC32C();
        crc.update(envelope[0]);
        crc.update(envelope[1]);
        crc.update(envelope[2]);
        crc.update(envelope[3] & ~4);
        crc.update(envelope, 4, 8);
        crc.update(envelope, 64, envelope.length - 64);
        ByteBuffer.wrap(envelope).putInt(60, (int) crc.getValue());
    }
}
