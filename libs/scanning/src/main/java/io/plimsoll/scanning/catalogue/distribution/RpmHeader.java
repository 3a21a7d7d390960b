package io.plimsoll.scanning.catalogue.distribution;

import io.plimsoll.scanning.document.MalformedDocument;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A package's header as RPM stores it: counts of index entries and data bytes, 16 bytes an entry (tag, type, offset,
 * count), then data; big endian (RPM Package Manager reference, "Header format").
 */
final class RpmHeader {

    static final int NAME = 1000;
    static final int VERSION = 1001;
    static final int RELEASE = 1002;
    static final int EPOCH = 1003;
    static final int LICENCE = 1014;
    static final int ARCHITECTURE = 1022;
    static final int SOURCE_RPM = 1044;
    static final int MODULARITY = 5096;
    private static final int FOLDER_INDEXES = 1116;
    private static final int BASE_NAMES = 1117;
    private static final int FOLDER_NAMES = 1118;

    private static final int TYPE_INT32 = 4;
    private static final int ENTRIES_MAX = 10_000;
    private static final int FILES_MAX = 100_000;

    private record Entry(int type, int offset, int count) {}

    private final ByteBuffer data;
    private final Map<Integer, Entry> entries;

    private RpmHeader(ByteBuffer data, Map<Integer, Entry> entries) {
        this.data = data;
        this.entries = entries;
    }

    static RpmHeader of(byte[] blob) throws MalformedDocument {
        ByteBuffer buffer = ByteBuffer.wrap(blob);
        if (blob.length < 8) {
            throw new MalformedDocument("RPM header of " + blob.length + " bytes");
        }
        int count = buffer.getInt();
        int size = buffer.getInt();
        if (count < 1 || count > ENTRIES_MAX || size < 0 || 8L + 16L * count + size > blob.length) {
            throw new MalformedDocument("RPM header whose counts lie: " + count + " entries, " + size + " bytes");
        }
        Map<Integer, Entry> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int tag = buffer.getInt();
            int type = buffer.getInt();
            int offset = buffer.getInt();
            int items = buffer.getInt();
            if (offset >= 0 && offset < size && items > 0) {
                entries.put(tag, new Entry(type, offset, items));
            }
        }
        return new RpmHeader(buffer.slice(8 + 16 * count, size), entries);
    }

    /** The first string of a tag, empty when there is none. */
    String text(int tag) {
        List<String> texts = texts(tag, 1);
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    Optional<Integer> number(int tag) {
        Entry entry = entries.get(tag);
        return entry == null || entry.type() != TYPE_INT32 || entry.offset() + 4 > data.limit()
                ? Optional.empty()
                : Optional.of(data.getInt(entry.offset()));
    }

    /** Absolute paths of the package's files. */
    List<String> files() {
        List<String> names = texts(BASE_NAMES, FILES_MAX);
        List<String> folders = texts(FOLDER_NAMES, FILES_MAX);
        Entry indexes = entries.get(FOLDER_INDEXES);
        List<String> files = new ArrayList<>();
        if (indexes == null || indexes.type() != TYPE_INT32) {
            return files;
        }
        for (int i = 0; i < names.size() && indexes.offset() + 4L * i + 4 <= data.limit(); i++) {
            int folder = data.getInt(indexes.offset() + 4 * i);
            if (folder >= 0 && folder < folders.size()) {
                files.add(folders.get(folder) + names.get(i));
            }
        }
        return files;
    }

    private List<String> texts(int tag, int max) {
        Entry entry = entries.get(tag);
        List<String> texts = new ArrayList<>();
        // 6 string, 8 string array, 9 translated string
        if (entry == null || entry.type() != 6 && entry.type() != 8 && entry.type() != 9) {
            return texts;
        }
        int at = entry.offset();
        for (int i = 0; i < Math.min(entry.count(), max) && at < data.limit(); i++) {
            int end = at;
            while (end < data.limit() && data.get(end) != 0) {
                end++;
            }
            byte[] text = new byte[end - at];
            data.get(at, text);
            texts.add(new String(text, StandardCharsets.UTF_8));
            at = end + 1;
        }
        return texts;
    }
}
