package io.plimsoll.scanning.advisory.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Writes a channel from its position on, in big pieces, with a running checksum. */
final class SequentialOutput {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    private final CRC32C checksum = new CRC32C();
    private long position;

    SequentialOutput(FileChannel channel) {
        this.channel = channel;
    }

    /** Bytes written so far. */
    long position() {
        return position;
    }

    void bytes(byte[] bytes) throws IOException {
        checksum.update(bytes, 0, bytes.length);
        position += bytes.length;
        int from = 0;
        while (from < bytes.length) {
            int count = Math.min(buffer.remaining(), bytes.length - from);
            buffer.put(bytes, from, count);
            from += count;
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
    }

    /** With its length in front; returns where it is. */
    long record(byte[] record) throws IOException {
        long at = position;
        bytes(new Encoder().number(record.length).toBytes());
        bytes(record);
        return at;
    }

    long checksum() {
        return checksum.getValue();
    }

    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
