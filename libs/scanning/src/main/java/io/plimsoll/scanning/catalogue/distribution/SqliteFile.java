package io.plimsoll.scanning.catalogue.distribution;

import io.plimsoll.scanning.document.MalformedDocument;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the rows of one table of an SQLite 3 database (SQLite, "Database File Format"): table b-trees and overflow
 * chains, no index, no write-ahead log. The database is somebody else's, so no native engine is let near it.
 */
final class SqliteFile {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LEAF = 0x0d;
    private static final int INTERIOR = 0x05;
    private static final int BLOB_BYTES_MAX = 64 << 20;
    private static final int DEPTH_MAX = 40;

    private final ByteBuffer file;
    private final int pageBytes;
    private final int usableBytes;

    static boolean is(byte[] bytes, int length) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (length < 100 || bytes[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    SqliteFile(byte[] bytes, int length) throws MalformedDocument {
        file = ByteBuffer.wrap(bytes, 0, length);
        int written = file.getShort(16) & 0xffff;
        pageBytes = written == 1 ? 65536 : written;
        usableBytes = pageBytes - (file.get(20) & 0xff);
        if (pageBytes < 512 || Integer.bitCount(pageBytes) != 1 || usableBytes < 480) {
            throw new MalformedDocument("SQLite page size " + pageBytes);
        }
    }

    /** Tells the blob of every row of a table whose last column is one. */
    void blobs(String table, Rpm.RecordSink sink) throws MalformedDocument {
        List<byte[]> schema = new ArrayList<>();
        rows(1, schema::add, new HashSet<>(), 0);
        for (byte[] row : schema) {
            List<Object> columns = columns(row);
            if (columns.size() >= 4 && "table".equals(columns.get(0)) && table.equals(columns.get(1))) {
                if (columns.get(3) instanceof Long root) {
                    rows(
                            Math.toIntExact(Math.clamp(root, 0, Integer.MAX_VALUE)),
                            record -> {
                                List<Object> values = columns(record);
                                if (!values.isEmpty() && values.getLast() instanceof byte[] blob) {
                                    sink.accept(blob);
                                }
                            },
                            new HashSet<>(),
                            0);
                    return;
                }
            }
        }
        throw new MalformedDocument("SQLite database without a table " + table);
    }

    private interface RowSink {
        void accept(byte[] record) throws MalformedDocument;
    }

    private void rows(int page, RowSink sink, Set<Integer> seen, int depth) throws MalformedDocument {
        int start = start(page);
        if (!seen.add(page) || depth > DEPTH_MAX) {
            throw new MalformedDocument("SQLite b-tree that visits page " + page + " twice");
        }
        int header = page == 1 ? start + 100 : start;
        int type = file.get(header);
        int cells = file.getShort(header + 3) & 0xffff;
        int pointers = header + (type == INTERIOR ? 12 : 8);
        if (type != LEAF && type != INTERIOR || pointers + 2 * cells > start + pageBytes) {
            throw new MalformedDocument("not an SQLite table page: " + page);
        }
        for (int i = 0; i < cells; i++) {
            int cell = start + (file.getShort(pointers + 2 * i) & 0xffff);
            if (cell + 4 > start + pageBytes) {
                throw new MalformedDocument("SQLite cell outside of page " + page);
            }
            if (type == INTERIOR) {
                rows(file.getInt(cell), sink, seen, depth + 1);
            } else {
                sink.accept(payload(cell));
            }
        }
        if (type == INTERIOR) {
            rows(file.getInt(header + 8), sink, seen, depth + 1);
        }
    }

    private int start(int page) throws MalformedDocument {
        long start = (page - 1L) * pageBytes;
        if (page < 1 || start + pageBytes > file.limit()) {
            throw new MalformedDocument("SQLite page " + page + " is outside of the file");
        }
        return (int) start;
    }

    private byte[] payload(int cell) throws MalformedDocument {
        ByteBuffer at = file.duplicate().position(cell);
        try {
            long length = variable(at);
            variable(at);
            if (length < 0 || length > Math.min(BLOB_BYTES_MAX, file.limit())) {
                throw new MalformedDocument("SQLite row of " + length + " bytes");
            }
            int total = (int) length;
            int localMax = usableBytes - 35;
            int local = total;
            if (total > localMax) {
                int minimum = (usableBytes - 12) * 32 / 255 - 23;
                int surplus = minimum + (total - minimum) % (usableBytes - 4);
                local = surplus <= localMax ? surplus : minimum;
            }
            byte[] record = new byte[total];
            at.get(record, 0, local);
            int filled = local;
            int next = total > local ? at.getInt() : 0;
            while (filled < total) {
                int start = start(next);
                int step = Math.min(total - filled, usableBytes - 4);
                file.get(start + 4, record, filled, step);
                filled += step;
                next = file.getInt(start);
            }
            return record;
        } catch (java.nio.BufferUnderflowException e) {
            throw new MalformedDocument("SQLite row cut off");
        }
    }

    /** Numbers as Long, texts as String, blobs as byte[], null as an empty String. */
    private static List<Object> columns(byte[] record) throws MalformedDocument {
        try {
            ByteBuffer header = ByteBuffer.wrap(record);
            long headerBytes = variable(header);
            if (headerBytes > record.length) {
                throw new MalformedDocument("SQLite record header of " + headerBytes + " bytes");
            }
            ByteBuffer body = ByteBuffer.wrap(record).position((int) headerBytes);
            List<Object> columns = new ArrayList<>();
            while (header.position() < headerBytes) {
                columns.add(column(variable(header), body));
            }
            return columns;
        } catch (java.nio.BufferUnderflowException e) {
            throw new MalformedDocument("SQLite record cut off");
        }
    }

    private static Object column(long type, ByteBuffer body) throws MalformedDocument {
        if (type >= 12) {
            long length = (type - 12) / 2;
            if (length > body.remaining()) {
                throw new MalformedDocument("SQLite column cut off");
            }
            byte[] value = new byte[(int) length];
            body.get(value);
            return type % 2 == 0 ? value : new String(value, StandardCharsets.UTF_8);
        }
        int bytes =
                switch ((int) type) {
                    case 1, 2, 3, 4 -> (int) type;
                    case 5 -> 6;
                    case 6, 7 -> 8;
                    default -> 0;
                };
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (i == 0 ? body.get() : body.get() & 0xff);
        }
        return type == 0 ? "" : (Object) (type == 9 ? 1L : value);
    }

    private static long variable(ByteBuffer at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte b = at.get();
            value = value << 7 | b & 0x7f;
            if (b >= 0) {
                return value;
            }
        }
        return value << 8 | at.get() & 0xff;
    }
}
