package io.plimsoll.scanning.catalogue;

import io.plimsoll.scanning.image.FileEntry;
import java.util.Optional;
import java.util.Set;

/**
 * A file that helps who has broken in more than who runs the image.
 *
 * @param path absolute in the image
 */
public record Remnant(Kind kind, String path) implements Comparable<Remnant> {

    public enum Kind {
        /** Runs with its owner's or group's rights, whoever calls it: CIS Docker benchmark 4.8. */
        SETUID,
        SHELL,
        PACKAGE_MANAGER
    }

    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "ash", "zsh", "ksh", "csh", "tcsh", "fish", "busybox");
    private static final Set<String> MANAGERS = Set.of(
            "apt",
            "apt-get",
            "dpkg",
            "apk",
            "rpm",
            "yum",
            "dnf",
            "microdnf",
            "zypper",
            "pacman",
            "pip",
            "pip3",
            "npm",
            "yarn",
            "gem",
            "opkg");

    /** What an entry is a remnant of; a setuid shell is named as setuid. */
    static Optional<Remnant> of(FileEntry entry) {
        if (entry.kind() == FileEntry.Kind.FOLDER || entry.kind() == FileEntry.Kind.SPECIAL) {
            return Optional.empty();
        }
        boolean file = entry.kind() == FileEntry.Kind.FILE;
        if (file && (entry.mode() & 06000) != 0 && entry.isExecutable()) {
            return Optional.of(new Remnant(Kind.SETUID, entry.path()));
        }
        int slash = entry.path().lastIndexOf('/');
        String folder = entry.path().substring(0, slash);
        if (!folder.endsWith("bin") || file && !entry.isExecutable()) {
            return Optional.empty();
        }
        String name = entry.path().substring(slash + 1);
        if (SHELLS.contains(name)) {
            return Optional.of(new Remnant(Kind.SHELL, entry.path()));
        }
        return MANAGERS.contains(name)
                ? Optional.of(new Remnant(Kind.PACKAGE_MANAGER, entry.path()))
                : Optional.empty();
    }

    @Override
    public int compareTo(Remnant other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : path.compareTo(other.path);
    }
}
