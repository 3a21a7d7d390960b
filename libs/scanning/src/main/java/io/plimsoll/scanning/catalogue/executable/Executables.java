package io.plimsoll.scanning.catalogue.executable;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import java.io.IOException;
import java.util.Optional;

/** Executables of any system: ELF by its sections, others by the marks that Go's linker leaves. */
public final class Executables {

    private Executables() {}

    /** Whether these first bytes start an executable that is looked into: ELF, PE, Mach-O. */
    public static boolean isExecutable(byte[] head) {
        if (head.length < 4) {
            return false;
        }
        int magic = (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff;
        return magic == 0x7f454c46
                || magic >>> 16 == 0x4d5a
                || magic == 0xfeedface
                || magic == 0xfeedfacf
                || magic == 0xcefaedfe
                || magic == 0xcffaedfe;
    }

    public static void read(FileContent file, Findings into) throws IOException {
        Optional<ElfFile> elf = ElfFile.of(file.bytes(), file.length());
        if (elf.isEmpty()) {
            GoBuildInfo.search(file.bytes(), 0, file.length(), Optional.empty()).ifPresent(info -> info.read(into));
            return;
        }
        Optional<ElfFile.Section> go = elf.get().section(".go.buildinfo");
        if (go.isPresent()) {
            int start = go.get().offset();
            GoBuildInfo.search(file.bytes(), start, Math.min(file.length(), start + 64), elf)
                    .ifPresent(info -> info.read(into));
        }
        Optional<ElfFile.Section> rust = elf.get().section(".dep-v0");
        if (rust.isPresent()) {
            RustAudit.read(file.bytes(), rust.get().offset(), rust.get().length(), into);
        }
    }
}
