package io.plimsoll.gateway.upload;

import io.plimsoll.gateway.upload.UploadRefused.Rule;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends a body that trickles in: each read may be quick, all of them together may not take longer than the bound. */
public final class TimedStream extends FilterInputStream {

    private final Duration within;
    private final long begun = System.nanoTime();

    public TimedStream(InputStream in, Duration within) {
        super(in);
        this.within = within;
    }

    @Override
    public int read() throws IOException {
        judge();
        return in.read();
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        judge();
        return in.read(into, start, length);
    }

    private void judge() throws UploadRefused {
        if (System.nanoTime() - begun > within.toNanos()) {
            throw new UploadRefused(
                    Rule.TOO_SLOW,
                    "the body took longer than " + within.toSeconds() + " seconds",
                    within.toSeconds() + " seconds",
                    "");
        }
    }
}
