package io.plimsoll.scanning.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads tar as POSIX.1-2001 (ustar, pax) and GNU write it, one entry at a time, trusting nothing: checksums are
 * compared, sizes are bounded by what really comes, extended headers by {@link ImageLimits#nameBytesMax()}.
 *
 * <p>Missing end-of-archive blocks are accepted: umoci writes none. Our own, because the libraries read long names of any
 * size into memory.
 */
public final class TarReader extends InputStream {

    private static final int BLOCK = 512;
    /** pax headers of one entry; xattrs with capabilities are below 4 KiB. */
    private static final int PAX_BYTES_MAX = 1 << 20;

    private final InputStream in;
    private final int nameBytesMax;
    private final Consumer<String> complaints;
    private final byte[] buffer = new byte[128 << 10];
    private int position;
    private int filled;
    private long offset;
    private long left;
    private int padding;

    /**
     * Reads from {@code in}, which is not closed.
     *
     * @param complaints told about each entry that is left out, in a sentence
     */
    public TarReader(InputStream in, ImageLimits limits, Consumer<String> complaints) {
        this.in = in;
        this.nameBytesMax = limits.nameBytesMax();
        this.complaints = complaints;
    }

    /** Byte offset of what would be read next. */
    long offset() {
        return offset;
    }

    /**
     * Moves to the next entry; its content is then read from this stream.
     *
     * @throws MalformedImage when the headers cannot be followed any further
     */
    public Optional<FileEntry> next() throws IOException {
        Map<String, String> pax = Map.of();
        String longName = "";
        String longLink = "";
        while (true) {
            skipFully(left + padding);
            left = 0;
            padding = 0;
            long at = offset;
            if (!fill(BLOCK)) {
                if (filled - position > 0) {
                    throw new MalformedImage("truncated: " + (filled - position) + " bytes of a tar header at " + at);
                }
                return Optional.empty();
            }
            if (isZero(position)) {
                return Optional.empty();
            }
            checkSum(at);
            char type = (char) (buffer[position + 156] & 0xff);
            long size = number(position + 124, 12, at);
            if (size < 0) {
                throw new MalformedImage("negative size in the tar header at " + at);
            }
            switch (type) {
                case 'x' -> {
                    pax = pax(extension(size, PAX_BYTES_MAX, at));
                    continue;
                }
                case 'g' -> {
                    extension(size, PAX_BYTES_MAX, at);
                    continue;
                }
                case 'L' -> {
                    longName = terminated(extension(size, nameBytesMax, at));
                    continue;
                }
                case 'K' -> {
                    longLink = terminated(extension(size, nameBytesMax, at));
                    continue;
                }
                default -> {
                    FileEntry entry = entry(type, size, pax, longName, longLink, at);
                    if (entry != null) {
                        return Optional.of(entry);
                    }
                    pax = Map.of();
                    longName = "";
                    longLink = "";
                }
            }
        }
    }

    /** Makes the entry of the header at {@code position} and moves past the header; null when it is left out. */
    private @Nullable FileEntry entry(
            char type, long headerSize, Map<String, String> pax, String longName, String longLink, long at)
            throws IOException {
        int start = position;
        String name = pax.getOrDefault("path", longName);
        if (name.isEmpty()) {
            name = text(start, 100);
            if (isUstar(start)) {
                String prefix = text(start + 345, 155);
                name = prefix.isEmpty() ? name : prefix + "/" + name;
            }
        }
        String link = pax.getOrDefault("linkpath", longLink);
        if (link.isEmpty()) {
            link = text(start + 157, 100);
        }
        int mode = (int) number(start + 100, 8, at) & 07777;
        long uid = number(start + 108, 8, at);
        long size = size(headerSize, pax, at);
        boolean sparse = type == 'S' || pax.containsKey("GNU.sparse.major") || pax.containsKey("GNU.sparse.size");
        boolean extended = type == 'S' && buffer[start + 482] != 0;
        position += BLOCK;
        offset += BLOCK;
        while (extended) {
            if (!fill(BLOCK)) {
                throw new MalformedImage("truncated in the sparse map at " + offset);
            }
            extended = buffer[position + 504] != 0;
            position += BLOCK;
            offset += BLOCK;
        }
        FileEntry.Kind kind = kind(type, sparse, name);
        boolean content = kind == FileEntry.Kind.FILE || kind == FileEntry.Kind.SPARSE;
        // A hard link may carry a size that says nothing of what follows (POSIX.1-2001, "pax header block").
        left = content || type > '7' ? size : 0;
        padding = (int) ((BLOCK - left % BLOCK) % BLOCK);
        if (name.length() > nameBytesMax || link.length() > nameBytesMax) {
            complaints.accept("name longer than " + nameBytesMax + " at " + at + ", left out");
            return null;
        }
        Optional<String> path = EntryPath.of(name);
        if (path.isEmpty()) {
            if (!EntryPath.isRoot(name)) {
                complaints.accept("name that steps outside or holds a NUL, left out: " + Descriptor.shortened(name));
            }
            return null;
        }
        String target = link;
        if (kind == FileEntry.Kind.HARD_LINK) {
            Optional<String> inside = EntryPath.of(link);
            if (inside.isEmpty()) {
                complaints.accept("hard link that points outside, left out: " + Descriptor.shortened(name));
                return null;
            }
            target = inside.get();
        }
        return new FileEntry(path.get(), kind, content ? size : 0, mode, uid, target);
    }

    private static long size(long headerSize, Map<String, String> pax, long at) throws MalformedImage {
        String written = pax.get("size");
        if (written == null) {
            return headerSize;
        }
        try {
            long size = Long.parseLong(written);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // falls through to the refusal
        }
        throw new MalformedImage("not a size in the pax header before " + at);
    }

    private static FileEntry.Kind kind(char type, boolean sparse, String name) {
        return switch (type) {
            case '0', '\0', '7' ->
                sparse ? FileEntry.Kind.SPARSE : name.endsWith("/") ? FileEntry.Kind.FOLDER : FileEntry.Kind.FILE;
            case 'S' -> FileEntry.Kind.SPARSE;
            case '1' -> FileEntry.Kind.HARD_LINK;
            case '2' -> FileEntry.Kind.SYMBOLIC_LINK;
            case '5' -> FileEntry.Kind.FOLDER;
            default -> FileEntry.Kind.SPECIAL;
        };
    }

    private byte[] extension(long size, int bytesMax, long at) throws IOException {
        if (size > bytesMax) {
            throw new MalformedImage("extended tar header of " + size + " bytes at " + at + ", at most " + bytesMax);
        }
        position += BLOCK;
        offset += BLOCK;
        left = size;
        padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
        byte[] content = readNBytes((int) size);
        if (content.length < size) {
            throw new MalformedImage("truncated in the extended tar header at " + at);
        }
        return content;
    }

    /** Records {@code "length key=value\n"}; a record that is none ends the reading of the header. */
    private static Map<String, String> pax(byte[] content) {
        Map<String, String> records = new TreeMap<>();
        int at = 0;
        while (at < content.length) {
            int length = 0;
            int digits = at;
            while (digits < content.length && content[digits] >= '0' && content[digits] <= '9' && length < 1 << 24) {
                length = length * 10 + content[digits++] - '0';
            }
            int end = at + length;
            if (digits >= content.length || content[digits] != ' ' || end > content.length || end <= digits + 1) {
                break;
            }
            String record = new String(content, digits + 1, end - digits - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals > 0) {
                records.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at = end;
        }
        return records;
    }

    private static String terminated(byte[] content) {
        int end = 0;
        while (end < content.length && content[end] != 0) {
            end++;
        }
        return new String(content, 0, end, StandardCharsets.UTF_8);
    }

    private String text(int start, int length) {
        int end = start;
        while (end < start + length && buffer[end] != 0) {
            end++;
        }
        return new String(buffer, start, end - start, StandardCharsets.UTF_8);
    }

    private boolean isUstar(int start) {
        // GNU's own magic has blanks after "ustar" and no prefix field.
        return buffer[start + 257] == 'u' && buffer[start + 261] == 'r' && buffer[start + 262] == 0;
    }

    /** An octal number, or GNU's base 256 when the first bit is set. */
    private long number(int start, int length, long at) throws MalformedImage {
        long value = 0;
        if ((buffer[start] & 0x80) != 0) {
            if (buffer[start] == (byte) 0xff) {
                return -1;
            }
            value = buffer[start] & 0x7f;
            for (int i = start + 1; i < start + length; i++) {
                if (value >>> 55 != 0) {
                    throw new MalformedImage("number too large in the tar header at " + at);
                }
                value = value << 8 | buffer[i] & 0xff;
            }
            return value;
        }
        for (int i = start; i < start + length; i++) {
            byte c = buffer[i];
            if (c == 0 || c == ' ') {
                if (value != 0) {
                    break;
                }
                continue;
            }
            if (c < '0' || c > '7') {
                throw new MalformedImage("not a number in the tar header at " + at);
            }
            value = value << 3 | c - '0';
        }
        return value;
    }

    private void checkSum(long at) throws MalformedImage {
        int unsigned = 0;
        int signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= 148 && i < 156 ? (byte) ' ' : buffer[position + i];
            unsigned += b & 0xff;
            signed += b;
        }
        long written = number(position + 148, 8, at);
        if (written != unsigned && written != signed) {
            throw new MalformedImage("not a tar header at " + at + ": wrong checksum");
        }
    }

    private boolean isZero(int start) {
        for (int i = start; i < start + BLOCK; i++) {
            if (buffer[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Makes {@code count} bytes available from {@code position}; false at the end of the input. */
    private boolean fill(int count) throws IOException {
        if (filled - position >= count) {
            return true;
        }
        System.arraycopy(buffer, position, buffer, 0, filled - position);
        filled -= position;
        position = 0;
        while (filled < count) {
            int read = read0(buffer, filled, buffer.length - filled);
            if (read < 0) {
                return false;
            }
            filled += read;
        }
        return true;
    }

    private int read0(byte[] into, int start, int length) throws IOException {
        try {
            return in.read(into, start, length);
        } catch (EOFException e) {
            throw new MalformedImage("truncated: the compressed stream ends early");
        } catch (java.util.zip.ZipException e) {
            throw new MalformedImage("damaged compressed stream: " + e.getMessage());
        }
    }

    private void skipFully(long count) throws IOException {
        long remaining = count;
        while (remaining > 0) {
            int available = filled - position;
            if (available > 0) {
                int step = (int) Math.min(available, remaining);
                position += step;
                offset += step;
                remaining -= step;
                continue;
            }
            long skipped = remaining > buffer.length ? in.skip(remaining - 1) : 0;
            offset += skipped;
            remaining -= skipped;
            if (skipped == 0 && !fill(1)) {
                // Padding that is missing at the very end loses nothing.
                if (remaining < BLOCK && remaining <= padding) {
                    return;
                }
                throw new MalformedImage("truncated: " + remaining + " bytes are missing at " + offset);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Reads the current entry's content. */
    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        if (left == 0 || length == 0) {
            return length == 0 ? 0 : -1;
        }
        int wanted = (int) Math.min(length, left);
        int available = filled - position;
        int count;
        if (available > 0) {
            count = Math.min(available, wanted);
            System.arraycopy(buffer, position, into, start, count);
            position += count;
        } else {
            count = read0(into, start, wanted);
            if (count < 0) {
                throw new MalformedImage("truncated: " + left + " bytes of a file are missing at " + offset);
            }
        }
        left -= count;
        offset += count;
        return count;
    }
}
