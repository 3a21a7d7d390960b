package io.plimsoll.scanning.catalogue.java;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.image.Budget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A ZIP archive in memory by its central directory (APPNOTE 6.3.10, sections 4.3.12 and 4.3.16). A stored entry is a
 * slice of the same bytes, so that nested archives cost no copy. Text before the archive (a launch script) is stepped
 * over.
 */
final class ZipDirectory {

    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int END64_LOCATOR = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int COMMENT_MAX = 65535;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int DEFLATE_RATIO_MAX = 1_040;

    /** A run of bytes in an array that others use too. */
    record Slice(byte[] bytes, int start, int length) {}

    /** An entry that was asked for; {@code offset} is its local header's. */
    record Entry(String name, int method, boolean encrypted, long packed, long size, long offset) {}

    private final Slice file;

    ZipDirectory(Slice file) {
        this.file = file;
    }

    /**
     * The entries whose name is wanted, in the directory's order.
     *
     * @throws MalformedDocument when it is no ZIP, is damaged, or the image's share of archive entries is used up
     */
    List<Entry> entries(Predicate<String> wanted, Budget budget) throws MalformedDocument {
        int end = end();
        long count = u2(end + 10);
        long size = u4(end + 12);
        long offset = u4(end + 16);
        long directory = end - size;
        if (count == 0xffff || size == 0xffffffffL || offset == 0xffffffffL) {
            int end64 = end64(end);
            count = u8(end64 + 32);
            size = u8(end64 + 40);
            offset = u8(end64 + 48);
            directory = end64 - size;
        }
        // What stands before the archive moves every offset.
        long shift = directory - offset;
        if (size < 0 || directory < 0 || shift < 0 || count < 0) {
            throw new MalformedDocument("ZIP whose central directory lies outside of the file");
        }
        List<Entry> entries = new ArrayList<>();
        int at = (int) directory;
        for (long i = 0; i < count; i++) {
            if (at + 46 > file.length() || u4(at) != CENTRAL) {
                throw new MalformedDocument("ZIP central directory ends after " + i + " of " + count + " entries");
            }
            if (!budget.archiveEntry()) {
                throw new MalformedDocument("more than " + budget.limits().archiveEntriesMax() + " archive entries");
            }
            int nameLength = u2(at + 28);
            int extraLength = u2(at + 30);
            int commentLength = u2(at + 32);
            if (at + 46 + nameLength > file.length()) {
                throw new MalformedDocument("ZIP entry name cut off");
            }
            String name = new String(file.bytes(), file.start() + at + 46, nameLength, StandardCharsets.UTF_8);
            if (wanted.test(name)) {
                entries.add(new Entry(
                        name, u2(at + 10), (u2(at + 8) & 1) != 0, u4(at + 20), u4(at + 24), u4(at + 42) + shift));
            }
            at += 46 + nameLength + extraLength + commentLength;
        }
        return entries;
    }

    /**
     * An entry's bytes: a slice when stored, inflated when deflated.
     *
     * @param bytesMax more is not unpacked
     */
    Slice content(Entry entry, int bytesMax, Budget budget) throws MalformedDocument {
        if (entry.encrypted()) {
            throw new MalformedDocument("encrypted: " + shown(entry));
        }
        if (entry.method() != STORED && entry.size() > bytesMax) {
            throw new MalformedDocument(shown(entry) + " has " + entry.size() + " bytes, at most " + bytesMax);
        }
        long header = entry.offset();
        if (header < 0 || header + 30 > file.length() || u4((int) header) != LOCAL) {
            throw new MalformedDocument("no local header for " + shown(entry));
        }
        long start = header + 30 + u2((int) header + 26) + u2((int) header + 28);
        if (start + entry.packed() > file.length()) {
            throw new MalformedDocument(shown(entry) + " is cut off");
        }
        int from = file.start() + (int) start;
        if (entry.method() == STORED) {
            return new Slice(file.bytes(), from, (int) entry.packed());
        }
        if (entry.method() != DEFLATED) {
            throw new MalformedDocument("compression method " + entry.method() + " of " + shown(entry));
        }
        // Deflate cannot do better, so the size is a lie that would only cost memory.
        if (entry.size() / DEFLATE_RATIO_MAX > entry.packed()) {
            throw new MalformedDocument(shown(entry) + " says it unpacks to more than deflate can");
        }
        if (!budget.archiveBytes(entry.size())) {
            throw new MalformedDocument(
                    "more than " + budget.limits().archiveBytesMax() + " bytes unpacked from archives");
        }
        return inflate(from, (int) entry.packed(), (int) entry.size(), shown(entry));
    }

    private Slice inflate(int from, int packed, int size, String shown) throws MalformedDocument {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(file.bytes(), from, packed);
            byte[] content = new byte[size];
            int filled = 0;
            while (filled < size) {
                int count = inflater.inflate(content, filled, size - filled);
                if (count == 0 && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                filled += count;
            }
            if (filled < size) {
                throw new MalformedDocument(shown + " unpacks to less than it says");
            }
            return new Slice(content, 0, size);
        } catch (DataFormatException e) {
            throw new MalformedDocument("damaged: " + shown);
        } finally {
            inflater.end();
        }
    }

    private static String shown(Entry entry) {
        return entry.name().length() <= 120 ? entry.name() : entry.name().substring(0, 120) + "…";
    }

    private int end() throws MalformedDocument {
        int lowest = Math.max(0, file.length() - END_BYTES - COMMENT_MAX);
        for (int at = file.length() - END_BYTES; at >= lowest; at--) {
            if (file.bytes()[file.start() + at] == 'P' && u4(at) == END) {
                return at;
            }
        }
        throw new MalformedDocument("not a ZIP archive: no end of central directory");
    }

    private int end64(int end) throws MalformedDocument {
        int locator = end - 20;
        if (locator < 0 || u4(locator) != END64_LOCATOR) {
            throw new MalformedDocument("ZIP64 locator is missing");
        }
        // The record ends where the locator starts, unless it carries extensible data: then the offset decides.
        for (long at : new long[] {locator - 56L, u8(locator + 8)}) {
            if (at >= 0 && at + 56 <= file.length() && u4((int) at) == END64) {
                return (int) at;
            }
        }
        throw new MalformedDocument("ZIP64 end of central directory is missing");
    }

    Optional<Entry> find(List<Entry> entries, String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    private int u2(int at) {
        int index = file.start() + at;
        return file.bytes()[index] & 0xff | (file.bytes()[index + 1] & 0xff) << 8;
    }

    private long u4(int at) {
        return u2(at) | (long) u2(at + 2) << 16;
    }

    private long u8(int at) {
        return u4(at) | u4(at + 4) << 32;
    }
}
