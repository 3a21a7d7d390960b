package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.scanning.document.MalformedDocument;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Passes on so many bytes and no more: reading on is a {@link MalformedDocument}. */
final class BoundedStream extends FilterInputStream {
    private final long bytesMax;
    private long left;

    BoundedStream(InputStream in, long bytesMax) {
        super(in);
        this.bytesMax = bytesMax;
        this.left = bytesMax;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        return one < 0 ? one : count(1) > 0 ? one : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return count(super.read(into, from, length));
    }

    private int count(int read) throws IOException {
        left -= Math.max(0, read);
        if (left < 0) {
            throw new MalformedDocument("more than " + bytesMax + " bytes");
        }
        return read;
    }
}
