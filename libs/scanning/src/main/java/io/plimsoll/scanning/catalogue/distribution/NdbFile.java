package io.plimsoll.scanning.catalogue.distribution;

import io.plimsoll.scanning.document.MalformedDocument;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * RPM's own "ndb" {@code Packages.db} (rpm's lib/backend/ndb/rpmpkg.c): slots of 16 bytes in pages of 4096, each naming a
 * package's blob in blocks of 16 bytes; little endian.
 */
final class NdbFile {

    private static final int MAGIC = 'R' | 'p' << 8 | 'm' << 16 | 'P' << 24;
    private static final int SLOT_MAGIC = 'S' | 'l' << 8 | 'o' << 16 | 't' << 24;
    private static final int BLOB_MAGIC = 'B' | 'l' << 8 | 'b' << 16 | 'S' << 24;
    private static final int PAGE = 4096;
    private static final int SLOT_PAGES_MAX = 2048;

    private final ByteBuffer file;

    static boolean is(byte[] bytes, int length) {
        return length >= 32
                && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0) == MAGIC;
    }

    NdbFile(byte[] bytes, int length) {
        file = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    void records(Rpm.RecordSink sink) throws MalformedDocument {
        int version = file.getInt(4);
        int slotPages = file.getInt(12);
        if (version != 0 || slotPages < 1 || slotPages > SLOT_PAGES_MAX) {
            throw new MalformedDocument("ndb version " + version + " with " + slotPages + " slot pages");
        }
        // The first two slots' place is taken by the header.
        for (int at = 32; at + 16 <= Math.min(file.limit(), slotPages * PAGE); at += 16) {
            if (file.getInt(at) != SLOT_MAGIC) {
                throw new MalformedDocument("ndb slot without its mark at " + at);
            }
            int index = file.getInt(at + 4);
            int block = file.getInt(at + 8);
            if (index != 0 && block != 0) {
                sink.accept(blob(index, block * 16L));
            }
        }
    }

    private byte[] blob(int index, long at) throws MalformedDocument {
        if (at < 0 || at + 16 > file.limit()) {
            throw new MalformedDocument("ndb package " + index + " lies outside of the file");
        }
        int start = (int) at;
        int length = file.getInt(start + 12);
        if (file.getInt(start) != BLOB_MAGIC
                || file.getInt(start + 4) != index
                || length < 0
                || at + 16 + length > file.limit()) {
            throw new MalformedDocument("ndb package " + index + " is damaged");
        }
        byte[] blob = new byte[length];
        file.get(start + 16, blob);
        return blob;
    }
}
