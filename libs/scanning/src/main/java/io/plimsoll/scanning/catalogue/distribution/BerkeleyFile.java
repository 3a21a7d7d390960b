package io.plimsoll.scanning.catalogue.distribution;

import io.plimsoll.scanning.document.MalformedDocument;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The values of a Berkeley DB hash database, RPM's {@code Packages} before 4.16: pages of key and value items, values
 * that do not fit in overflow chains (Berkeley DB's dbinc/db_page.h). Read whole, in page order.
 */
final class BerkeleyFile {

    private static final int HASH_MAGIC = 0x061561;
    private static final int HASH_UNSORTED = 2;
    private static final int HASH = 13;
    private static final int OVERFLOW = 7;
    private static final int ITEM_IN_PLACE = 1;
    private static final int ITEM_OFF_PAGE = 3;
    private static final int PAGE_HEADER = 26;
    private static final int VALUE_BYTES_MAX = 64 << 20;

    private final ByteBuffer file;
    private final int pageBytes;

    static boolean is(byte[] bytes, int length) {
        if (length < 512) {
            return false;
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        return head.getInt(12) == HASH_MAGIC
                || head.order(ByteOrder.LITTLE_ENDIAN).getInt(12) == HASH_MAGIC;
    }

    BerkeleyFile(byte[] bytes, int length) throws MalformedDocument {
        ByteBuffer whole = ByteBuffer.wrap(bytes, 0, length);
        file = whole.order(whole.getInt(12) == HASH_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        pageBytes = file.getInt(20);
        if (pageBytes < 512 || pageBytes > 65536 || Integer.bitCount(pageBytes) != 1) {
            throw new MalformedDocument("Berkeley DB page size " + pageBytes);
        }
    }

    void records(Rpm.RecordSink sink) throws MalformedDocument {
        int pages = file.limit() / pageBytes;
        for (int page = 1; page < pages; page++) {
            int start = page * pageBytes;
            int type = file.get(start + 25);
            if (type != HASH && type != HASH_UNSORTED) {
                continue;
            }
            int entries = file.getShort(start + 20) & 0xffff;
            if (PAGE_HEADER + 2 * entries > pageBytes) {
                throw new MalformedDocument("Berkeley DB page " + page + " claims " + entries + " items");
            }
            // Keys and values alternate; values are at odd places.
            for (int i = 1; i < entries; i += 2) {
                value(start, i, sink);
            }
        }
    }

    private void value(int start, int index, Rpm.RecordSink sink) throws MalformedDocument {
        int offset = file.getShort(start + PAGE_HEADER + 2 * index) & 0xffff;
        if (offset + 12 > pageBytes) {
            return;
        }
        int item = start + offset;
        switch (file.get(item)) {
            case ITEM_OFF_PAGE -> sink.accept(overflow(file.getInt(item + 4), file.getInt(item + 8)));
            case ITEM_IN_PLACE -> {
                // Items are laid from the end of the page; the one before ends where this one's neighbour starts.
                int before = file.getShort(start + PAGE_HEADER + 2 * (index - 1)) & 0xffff;
                int length = before - offset - 1;
                // RPM's record 0 holds the next free number, four bytes.
                if (length > 16 && offset + 1 + length <= pageBytes) {
                    byte[] blob = new byte[length];
                    file.get(item + 1, blob);
                    sink.accept(blob);
                }
            }
            default -> {}
        }
    }

    private byte[] overflow(int firstPage, int total) throws MalformedDocument {
        if (total < 0 || total > Math.min(VALUE_BYTES_MAX, file.limit())) {
            throw new MalformedDocument("Berkeley DB value of " + total + " bytes");
        }
        byte[] value = new byte[total];
        int filled = 0;
        int page = firstPage;
        int steps = 0;
        while (filled < total && page != 0) {
            long start = (long) page * pageBytes;
            if (page < 0 || start + pageBytes > file.limit() || ++steps > file.limit() / pageBytes) {
                throw new MalformedDocument("Berkeley DB overflow chain leaves the file or loops at page " + page);
            }
            int at = (int) start;
            int used = file.getShort(at + 22) & 0xffff;
            if (file.get(at + 25) != OVERFLOW || used == 0 || used > pageBytes - PAGE_HEADER) {
                throw new MalformedDocument("Berkeley DB page " + page + " is no overflow page");
            }
            int step = Math.min(used, total - filled);
            file.get(at + PAGE_HEADER, value, filled, step);
            filled += step;
            page = file.getInt(at + 16);
        }
        if (filled < total) {
            throw new MalformedDocument("Berkeley DB value cut off at " + filled + " of " + total + " bytes");
        }
        return value;
    }
}
