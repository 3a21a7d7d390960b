package io.plimsoll.scanning.catalogue;

import io.plimsoll.scanning.image.FileEntry;
import io.plimsoll.scanning.image.Incompleteness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Symbolic links in the place of a package database. Layers are read as they flow, so that a link cannot be followed: where no
 * database was read at its target, packages may be there that nobody saw, and that is said.
 */
final class DatabaseLinks {

    /** Folders that hold nothing but a database. */
    private static final Set<String> FOLDERS = Set.of(
            "/var/lib/dpkg",
            "/var/lib/dpkg/status.d",
            "/lib/apk",
            "/lib/apk/db",
            "/usr/lib/apk",
            "/usr/lib/apk/db",
            "/var/lib/rpm",
            "/usr/lib/sysimage/rpm",
            "/usr/share/rpm",
            "/usr/lib/opkg",
            "/var/lib/opkg");

    private record Link(String target, int layer) {}

    private final Map<String, Link> links = new TreeMap<>();

    void add(FileEntry link, int layer) {
        if (FOLDERS.contains(link.path())
                || FileFormat.of(link.path()).filter(FileFormat::isDistribution).isPresent()) {
            links.put(link.path(), new Link(resolved(link.path(), link.target()), layer));
        }
    }

    void retract(int layer) {
        links.values().removeIf(link -> link.layer() == layer);
    }

    /** @param read the paths of all files that were read */
    List<Incompleteness> unread(Set<String> read) {
        List<Incompleteness> unread = new ArrayList<>();
        links.forEach((path, link) -> {
            String target = link.target();
            if (read.stream().noneMatch(file -> file.equals(target) || file.startsWith(target + "/"))) {
                unread.add(new Incompleteness(
                        path, "a link to " + target + ", where no package database was read: packages may be missing"));
            }
        });
        return unread;
    }

    /** As a container would see it, from its root: a step above the root stays there. */
    private static String resolved(String path, String target) {
        String from = target.startsWith("/") ? "" : path.substring(0, path.lastIndexOf('/'));
        List<String> parts = new ArrayList<>();
        for (String part : (from + "/" + target).split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
