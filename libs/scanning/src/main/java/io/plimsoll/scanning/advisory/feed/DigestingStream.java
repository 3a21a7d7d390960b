package io.plimsoll.scanning.advisory.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Passes bytes on and into a digest; closing it closes nothing, what was handed in is the caller's. */
final class DigestingStream extends FilterInputStream {
    private static final int END_OF_DIRECTORY = 0x504b0506;
    /** An end-of-central-directory record with its longest comment (APPNOTE 4.3.16). */
    private static final int END_BYTES_MAX = 22 + 65_535;

    private final MessageDigest digest;
    private int lastFour;
    private long passed;
    private long endAt = -1;

    DigestingStream(InputStream in, MessageDigest digest) {
        super(in);
        this.digest = digest;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one >= 0) {
            digest.update((byte) one);
            look((byte) one);
        }
        return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = super.read(into, from, length);
        if (count > 0) {
            digest.update(into, from, count);
            for (int i = from; i < from + count; i++) {
                look(into[i]);
            }
        }
        return count;
    }

    private void look(byte one) {
        lastFour = lastFour << 8 | (one & 0xff);
        passed++;
        if (lastFour == END_OF_DIRECTORY) {
            endAt = passed;
        }
    }

    /** Whether what passed ends as a zip does: a stream of entries that merely stops is a truncated one. */
    boolean endsLikeAZip() {
        return endAt >= 0 && passed - endAt <= END_BYTES_MAX;
    }

    @Override
    public long skip(long count) throws IOException {
        return read(new byte[(int) Math.min(count, 1 << 13)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {
        // The caller's.
    }
}
