package io.plimsoll.scanning.catalogue.executable;

import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.pack.PackageKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Go's build information (go's debug/buildinfo): a mark of 14 bytes at a multiple of 16, then the version of Go and the
 * module list; inline since Go 1.18, by pointers to Go strings before.
 *
 * @param go {@code go1.22.1}
 * @param modules tab separated lines; empty when the executable was built without modules
 */
record GoBuildInfo(String go, String modules) {

    private static final byte[] MARK = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TEXT_BYTES_MAX = 16 << 20;

    /** Looks for the mark between two places. */
    static Optional<GoBuildInfo> search(byte[] file, int from, int to, Optional<ElfFile> elf) {
        for (int at = (from + 15) & ~15; at + 32 <= to; at += 16) {
            if (file[at] == (byte) 0xff && isMark(file, at)) {
                return read(file, at, elf);
            }
        }
        return Optional.empty();
    }

    private static boolean isMark(byte[] file, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (file[at + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<GoBuildInfo> read(byte[] file, int at, Optional<ElfFile> elf) {
        int pointerBytes = file[at + 14];
        int flags = file[at + 15];
        if ((flags & 2) != 0) {
            Text go = inline(file, at + 32);
            Text modules = inline(file, go.next());
            return go.value().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new GoBuildInfo(go.value(), bare(modules.value())));
        }
        if (elf.isEmpty() || pointerBytes != 4 && pointerBytes != 8) {
            return Optional.empty();
        }
        ElfFile mapped = elf.get();
        String go = pointed(file, mapped, mapped.word(at + 16, pointerBytes), pointerBytes);
        String modules = pointed(file, mapped, mapped.word(at + 16 + pointerBytes, pointerBytes), pointerBytes);
        return go.isEmpty() ? Optional.empty() : Optional.of(new GoBuildInfo(go, bare(modules)));
    }

    private record Text(String value, int next) {}

    /** A length as a varint, then bytes. */
    private static Text inline(byte[] file, int at) {
        long length = 0;
        int next = at;
        for (int shift = 0; shift < 35 && next < file.length; shift += 7) {
            byte b = file[next++];
            length |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                break;
            }
        }
        if (length > TEXT_BYTES_MAX || next + length > file.length) {
            return new Text("", file.length);
        }
        return new Text(new String(file, next, (int) length, StandardCharsets.UTF_8), next + (int) length);
    }

    /** A Go string header at an address: pointer and length. */
    private static String pointed(byte[] file, ElfFile elf, long address, int pointerBytes) {
        Optional<Integer> header = elf.offset(address);
        if (header.isEmpty()) {
            return "";
        }
        Optional<Integer> start = elf.offset(elf.word(header.get(), pointerBytes));
        long length = elf.word(header.get() + pointerBytes, pointerBytes);
        if (start.isEmpty() || length < 0 || length > TEXT_BYTES_MAX || start.get() + length > file.length) {
            return "";
        }
        return new String(file, start.get(), (int) length, StandardCharsets.UTF_8);
    }

    /** The module list stands between two marks. */
    private static String bare(String modules) {
        // The marks are not UTF-8, so their 16 bytes became as many characters or fewer: cut by the lines instead.
        int start = modules.indexOf("path\t");
        int end = modules.lastIndexOf('\n');
        return start >= 0 && end > start ? modules.substring(start, end + 1) : "";
    }

    /** The standard library, the main module and every dependency, replacements in place of what they replace. */
    void read(Findings into) {
        if (go.startsWith("go1") || go.startsWith("go2")) {
            int blank = go.indexOf(' ');
            into.add(PackageKind.GOLANG, "", "stdlib", (blank < 0 ? go : go.substring(0, blank)).substring(2));
        }
        String[] held = null;
        for (String line : modules.split("\n", -1)) {
            String[] words = line.split("\t", -1);
            boolean replaces = words[0].equals("=>");
            if (held != null) {
                module(replaces ? words : held, into);
                held = null;
            }
            if (!replaces && words.length >= 3 && (words[0].equals("mod") || words[0].equals("dep"))) {
                held = words;
            }
        }
        if (held != null) {
            module(held, into);
        }
    }

    private static void module(String[] words, Findings into) {
        if (words.length < 3 || words[1].startsWith("./") || words[1].startsWith("../") || words[1].startsWith("/")) {
            return;
        }
        int slash = words[1].lastIndexOf('/');
        into.add(
                PackageKind.GOLANG,
                slash < 0 ? "" : words[1].substring(0, slash),
                words[1].substring(slash + 1),
                words[2].equals("(devel)") ? "" : words[2]);
    }
}
