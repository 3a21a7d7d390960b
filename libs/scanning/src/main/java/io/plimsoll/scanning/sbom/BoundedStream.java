package io.plimsoll.scanning.sbom;

import io.plimsoll.scanning.document.MalformedDocument;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to be read beyond a bound. */
final class BoundedStream extends FilterInputStream {
    private final long bytesMax;
    private long bytes;

    BoundedStream(InputStream in, long bytesMax) {
        super(in);
        this.bytesMax = bytesMax;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        int read = in.read(into, start, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int read) throws MalformedDocument {
        bytes += read;
        if (bytes > bytesMax) {
            throw new MalformedDocument("larger than " + bytesMax + " bytes");
        }
    }
}
