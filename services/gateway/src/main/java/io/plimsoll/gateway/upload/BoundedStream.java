package io.plimsoll.gateway.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read and asks a rule after each read; the rule throws when it is too much. */
final class BoundedStream extends FilterInputStream {

    /** Judges how much came so far. */
    interface Rule {
        void judge(long bytes) throws IOException;
    }

    private final Rule rule;
    private long bytes;
    private long zerosAtEnd;

    BoundedStream(InputStream in, Rule rule) {
        super(in);
        this.rule = rule;
    }

    /** Bytes read so far. */
    long bytes() {
        return bytes;
    }

    /** How many of the newest bytes are zero: a tar archive ends with at least one block of them. */
    long zerosAtEnd() {
        return zerosAtEnd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        int count = in.read(into, start, length);
        if (count > 0) {
            bytes += count;
            int zeros = 0;
            while (zeros < count && into[start + count - 1 - zeros] == 0) {
                zeros++;
            }
            zerosAtEnd = zeros == count ? zerosAtEnd + zeros : zeros;
            rule.judge(bytes);
        }
        return count;
    }

    /** By reading: what is skipped counts like what is read. */
    @Override
    public long skip(long count) throws IOException {
        byte[] waste = new byte[(int) Math.min(Math.max(count, 0), 8 << 10)];
        int read = waste.length == 0 ? 0 : read(waste, 0, waste.length);
        return Math.max(read, 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
