package io.plimsoll.cli.scan;

import io.plimsoll.scanning.image.Layer;
import io.plimsoll.scanning.image.ResolvedImage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/** How much of an image's packed bytes were read, as one line that is written over; taken away at the end. */
final class ReadingProgress implements AutoCloseable {

    /** Nobody watches. */
    static final ReadingProgress NONE = new ReadingProgress(null);

    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final long NANOS_BETWEEN = 100_000_000;

    private final @org.jspecify.annotations.Nullable PrintStream out;
    private long total;
    private long read;
    private long shownAt = System.nanoTime();

    ReadingProgress(@org.jspecify.annotations.Nullable PrintStream out) {
        this.out = out;
    }

    /** The same image, its layers counted as they are read. */
    ResolvedImage watch(ResolvedImage image) {
        if (out == null) {
            return image;
        }
        total = image.layers().stream()
                .mapToLong(layer -> Math.max(0, layer.packedBytes()))
                .sum();
        List<Layer> counted = image.layers().stream()
                .map(layer -> new Layer(
                        layer.digest(),
                        layer.diffId(),
                        layer.createdBy(),
                        layer.packedBytes(),
                        () -> new Counting(layer.content().open())))
                .toList();
        return new ResolvedImage(
                image.digest(), image.name(), image.config(), counted, image.annotations(), image.incomplete());
    }

    private void add(long bytes) {
        read += bytes;
        long now = System.nanoTime();
        if (out != null && now - shownAt >= NANOS_BETWEEN) {
            shownAt = now;
            out.print(CLEAR_LINE + "read " + (read >> 20) + (total > 0 ? " of " + (total >> 20) : "") + " MiB");
            out.flush();
        }
    }

    @Override
    public void close() {
        if (out != null) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private final class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            add(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int start, int length) throws IOException {
            int count = in.read(into, start, length);
            add(Math.max(0, count));
            return count;
        }
    }
}
