package io.plimsoll.scanning.catalogue.executable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The section table and the address map of an ELF file (System V ABI, chapters 4 and 5); damaged tables are empty. */
final class ElfFile {

    /** A section's place in the file. */
    record Section(int offset, int length) {}

    private static final int SECTIONS_MAX = 10_000;

    private final ByteBuffer file;
    private final boolean wide;

    private ElfFile(ByteBuffer file, boolean wide) {
        this.file = file;
        this.wide = wide;
    }

    static Optional<ElfFile> of(byte[] bytes, int length) {
        if (length < 64 || bytes[0] != 0x7f || bytes[1] != 'E' || bytes[2] != 'L' || bytes[3] != 'F') {
            return Optional.empty();
        }
        ByteBuffer file =
                ByteBuffer.wrap(bytes, 0, length).order(bytes[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return Optional.of(new ElfFile(file, bytes[4] == 2));
    }

    ByteOrder order() {
        return file.order();
    }

    Optional<Section> section(String name) {
        byte[] wanted = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        long table = wide ? file.getLong(40) : file.getInt(32) & 0xffffffffL;
        int entryBytes = file.getShort(wide ? 58 : 46) & 0xffff;
        int count = file.getShort(wide ? 60 : 48) & 0xffff;
        int names = file.getShort(wide ? 62 : 50) & 0xffff;
        if (table <= 0
                || entryBytes < (wide ? 64 : 40)
                || count > SECTIONS_MAX
                || names >= count
                || table + (long) count * entryBytes > file.limit()) {
            return Optional.empty();
        }
        Optional<Section> strings = place((int) table + names * entryBytes);
        if (strings.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < count; i++) {
            int header = (int) table + i * entryBytes;
            long at = strings.get().offset() + (file.getInt(header) & 0xffffffffL);
            if (at + wanted.length <= file.limit() && matches((int) at, wanted)) {
                return place(header);
            }
        }
        return Optional.empty();
    }

    private boolean matches(int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (file.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private Optional<Section> place(int header) {
        long offset = wide ? file.getLong(header + 24) : file.getInt(header + 16) & 0xffffffffL;
        long length = wide ? file.getLong(header + 32) : file.getInt(header + 20) & 0xffffffffL;
        if (offset < 0 || length < 0 || offset > file.limit() || length > file.limit() - offset) {
            return Optional.empty();
        }
        return Optional.of(new Section((int) offset, (int) length));
    }

    /** Where in the file the byte at a virtual address is. */
    Optional<Integer> offset(long address) {
        long table = wide ? file.getLong(32) : file.getInt(28) & 0xffffffffL;
        int entryBytes = file.getShort(wide ? 54 : 42) & 0xffff;
        int count = file.getShort(wide ? 56 : 44) & 0xffff;
        if (table <= 0 || entryBytes < (wide ? 56 : 32) || table + (long) count * entryBytes > file.limit()) {
            return Optional.empty();
        }
        for (int i = 0; i < count; i++) {
            int header = (int) table + i * entryBytes;
            long offset = wide ? file.getLong(header + 8) : file.getInt(header + 4) & 0xffffffffL;
            long start = wide ? file.getLong(header + 16) : file.getInt(header + 8) & 0xffffffffL;
            long length = wide ? file.getLong(header + 32) : file.getInt(header + 16) & 0xffffffffL;
            if (address >= start && address - start < length) {
                long at = offset + (address - start);
                return at >= 0 && at < file.limit() ? Optional.of((int) at) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A word of the machine's size at a place, 0 outside of the file. */
    long word(int at, int bytes) {
        if (at < 0 || at + bytes > file.limit()) {
            return 0;
        }
        return bytes == 8 ? file.getLong(at) : file.getInt(at) & 0xffffffffL;
    }
}
