package io.plimsoll.gateway.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** One upload that is known to be good as a whole: its files behind one another in one file of the spool. One thread. */
public final class SpooledUpload implements AutoCloseable {

    /** Takes pieces of files; a new file starts when the name changes. */
    public interface Pieces {
        /** @param content only valid during the call; empty once for a file that is empty */
        void take(String name, ByteBuffer content) throws IOException;
    }

    private record Part(String name, long offset, long length) {}

    private final FileChannel channel;
    private final Runnable atEnd;
    private final List<Part> parts = new ArrayList<>();
    private List<Ignored> ignored = List.of();
    private long end;
    private boolean closed;

    SpooledUpload(Path file, Runnable atEnd) throws IOException {
        this.channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        this.atEnd = atEnd;
    }

    void append(String name, InputStream content) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long start = end;
        int count;
        while ((count = content.read(buffer)) >= 0) {
            ByteBuffer piece = ByteBuffer.wrap(buffer, 0, count);
            while (piece.hasRemaining()) {
                end += channel.write(piece, end);
            }
        }
        parts.add(new Part(name, start, end - start));
    }

    void ignore(List<Ignored> entries) {
        ignored = List.copyOf(entries);
    }

    /** Entries that were not taken, in the order of the archive. */
    public List<Ignored> ignored() {
        return ignored;
    }

    public int files() {
        return parts.size();
    }

    public long bytes() {
        return end;
    }

    /**
     * Passes on all files in the byte order of their names, as a folder on a disk is read: the same files in any order of
     * an archive are the same upload.
     *
     * @param pieceBytesMax bytes of one piece
     */
    public void forEachPiece(int pieceBytesMax, Pieces pieces) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(pieceBytesMax);
        List<Part> ordered = new ArrayList<>(parts);
        ordered.sort(
                Comparator.comparing(part -> part.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        for (Part part : ordered) {
            long at = part.offset();
            long stop = part.offset() + part.length();
            do {
                buffer.clear().limit((int) Math.min(pieceBytesMax, stop - at));
                while (buffer.hasRemaining()) {
                    int count = channel.read(buffer, at + buffer.position());
                    if (count < 0) {
                        throw new IOException("the spool is shorter than what was written to it");
                    }
                }
                at += buffer.position();
                pieces.take(part.name(), buffer.flip());
            } while (at < stop);
        }
    }

    /** Frees disk and place. Again: nothing happens. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                channel.close();
            } finally {
                atEnd.run();
            }
        }
    }
}
