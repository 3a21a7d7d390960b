package io.plimsoll.scanning.advisory.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Entries put in order in bounded memory: what does not fit is sorted and laid aside on the scratch channel, and merged at
 * the end.
 */
final class SortedEntries {
    /** Runs merged at once, each with a buffer of {@link #RUN_BUFFER_BYTES}. */
    private static final int RUNS_MAX = 512;

    private static final int RUN_BUFFER_BYTES = 128 << 10;

    private record Span(long from, long to) {}

    private final FileChannel scratch;
    private final long memoryBytesMax;
    private final List<Entry> held = new ArrayList<>();
    private final List<Span> runs = new ArrayList<>();
    private long weight;
    private long laidAside;

    SortedEntries(FileChannel scratch, long memoryBytesMax) {
        this.scratch = scratch;
        this.memoryBytesMax = memoryBytesMax;
    }

    void add(Entry entry) throws IOException {
        held.add(entry);
        weight += entry.weight();
        if (weight >= memoryBytesMax) {
            layAside();
        }
    }

    private void layAside() throws IOException {
        if (runs.size() >= RUNS_MAX) {
            throw new IOException(
                    "more than " + RUNS_MAX + " runs of " + memoryBytesMax + " bytes: give it more memory");
        }
        held.sort(Entry.ORDER);
        scratch.position(laidAside);
        SequentialOutput out = new SequentialOutput(scratch);
        for (Entry entry : held) {
            out.record(entry.encode());
        }
        out.flush();
        runs.add(new Span(laidAside, laidAside + out.position()));
        laidAside += out.position();
        held.clear();
        weight = 0;
    }

    /** All of them in {@link Entry#ORDER}; nothing may be added after. */
    Merge merged() throws IOException {
        held.sort(Entry.ORDER);
        List<Source> sources = new ArrayList<>();
        for (Span run : runs) {
            sources.add(new Run(run));
        }
        Iterator<Entry> memory = held.iterator();
        sources.add(() -> memory.hasNext() ? memory.next() : null);
        return new Merge(sources);
    }

    private interface Source {
        @Nullable
        Entry next() throws IOException;
    }

    static final class Merge {
        private record Head(Entry entry, Source source) {}

        private final PriorityQueue<Head> heads =
                new PriorityQueue<>((a, b) -> Entry.ORDER.compare(a.entry(), b.entry()));

        private Merge(List<Source> sources) throws IOException {
            for (Source source : sources) {
                pull(source);
            }
        }

        private void pull(Source source) throws IOException {
            Entry next = source.next();
            if (next != null) {
                heads.add(new Head(next, source));
            }
        }

        boolean hasNext() {
            return !heads.isEmpty();
        }

        Entry next() throws IOException {
            Head head = heads.poll();
            if (head == null) {
                throw new NoSuchElementException();
            }
            pull(head.source());
            return head.entry();
        }
    }

    private final class Run implements Source {
        private final Span span;
        private final ByteBuffer buffer = ByteBuffer.allocate(RUN_BUFFER_BYTES).limit(0);
        private long at;

        Run(Span span) {
            this.span = span;
            this.at = span.from();
        }

        @Override
        public @Nullable Entry next() throws IOException {
            if (at >= span.to() && !buffer.hasRemaining()) {
                return null;
            }
            long length = 0;
            for (int shift = 0; ; shift += 7) {
                int octet = octet();
                length |= (long) (octet & 0x7f) << shift;
                if (octet < 0x80) {
                    break;
                }
            }
            byte[] record = new byte[Math.toIntExact(length)];
            for (int from = 0; from < record.length; ) {
                if (!buffer.hasRemaining()) {
                    fill();
                }
                int count = Math.min(buffer.remaining(), record.length - from);
                buffer.get(record, from, count);
                from += count;
            }
            return Entry.decode(record);
        }

        private int octet() throws IOException {
            if (!buffer.hasRemaining()) {
                fill();
            }
            return buffer.get() & 0xff;
        }

        private void fill() throws IOException {
            buffer.clear().limit((int) Math.min(buffer.capacity(), span.to() - at));
            int read = scratch.read(buffer, at);
            if (read <= 0) {
                throw new IOException("the scratch file was cut off");
            }
            at += read;
            buffer.flip();
        }
    }
}
