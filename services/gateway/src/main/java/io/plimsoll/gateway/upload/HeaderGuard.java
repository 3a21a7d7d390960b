package io.plimsoll.gateway.upload;

import io.plimsoll.gateway.upload.UploadRefused.Rule;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bounds what is read while a header is read: the reader of the archive keeps long names of any size in memory. */
final class HeaderGuard extends FilterInputStream {

    private final int headerBytesMax;
    private boolean inHeader;
    private int left;

    HeaderGuard(InputStream in, int headerBytesMax) {
        super(in);
        this.headerBytesMax = headerBytesMax;
    }

    void headerBegins() {
        inHeader = true;
        left = headerBytesMax;
    }

    void headerEnds() {
        inHeader = false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        int count = in.read(into, start, length);
        if (inHeader && count > 0) {
            left -= count;
            if (left < 0) {
                throw new UploadRefused(
                        Rule.NAME,
                        "the headers of an entry are larger than " + headerBytesMax + " bytes",
                        headerBytesMax + " bytes",
                        "");
            }
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return in.skip(count);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
