package io.plimsoll.scanning.catalogue.distribution;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.SourcePackage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /var/lib/dpkg/status}, distroless' {@code status.d} and opkg's status: paragraphs of fields, {@code deb822(5)}.
 * Only packages whose state is {@code installed} are there (dpkg(1), "Package states").
 */
public final class Dpkg {

    private Dpkg() {}

    public static void readStatus(FileContent file, Findings into) {
        read(file, into, PackageKind.DEB);
    }

    public static void readOpkg(FileContent file, Findings into) {
        read(file, into, PackageKind.OPKG);
    }

    /** {@code info/NAME.list} and {@code info/NAME:ARCH.list}: one path a line. */
    public static void readList(FileContent file, Findings into) {
        String owner = owner(file.name(), ".list");
        for (String line : file.lines()) {
            if (line.length() > 1) {
                into.own(owner, line);
            }
        }
    }

    /** {@code NAME.md5sums}: a sum, two blanks, a path without its leading slash. */
    public static void readSums(FileContent file, Findings into) {
        String owner = owner(file.name(), ".md5sums");
        for (String line : file.lines()) {
            int blank = line.indexOf("  ");
            if (blank > 0) {
                into.own(owner, line.substring(blank + 2));
            }
        }
    }

    private static String owner(String fileName, String suffix) {
        String name = fileName.substring(0, fileName.length() - suffix.length());
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    private static void read(FileContent file, Findings into, PackageKind kind) {
        Map<String, String> fields = new HashMap<>();
        for (String line : file.lines()) {
            if (line.isBlank()) {
                paragraph(fields, into, kind);
                fields.clear();
            } else if (line.charAt(0) != ' ' && line.charAt(0) != '\t') {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    // The first of a field twice in a paragraph stands, as with dpkg.
                    fields.putIfAbsent(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
        }
        paragraph(fields, into, kind);
    }

    private static void paragraph(Map<String, String> fields, Findings into, PackageKind kind) {
        String name = fields.getOrDefault("package", "");
        String version = fields.getOrDefault("version", "");
        if (name.isEmpty() || version.isEmpty() || !isInstalled(fields.getOrDefault("status", ""))) {
            return;
        }
        String architecture = fields.getOrDefault("architecture", "");
        into.addInstalled(
                kind,
                name,
                version,
                Map.of("arch", architecture),
                Optional.of(source(fields.getOrDefault("source", ""), name, version)),
                licences(fields.getOrDefault("license", "")));
    }

    private static List<String> licences(String field) {
        return field.isEmpty() ? List.of() : List.of(field);
    }

    /** {@code want flag state}; absent in status.d, whose packages are all installed. */
    private static boolean isInstalled(String status) {
        if (status.isEmpty()) {
            return true;
        }
        String[] words = status.split("\\s+");
        String state = words[words.length - 1];
        // Half-configured, triggers pending and the like: the files are there.
        return !state.equals("not-installed") && !state.equals("config-files");
    }

    /** {@code Source: name (version)}; without it package and source have the same name and version. */
    private static SourcePackage source(String field, String name, String version) {
        if (field.isEmpty()) {
            return new SourcePackage(name, version);
        }
        int open = field.indexOf('(');
        int close = field.lastIndexOf(')');
        if (open > 0 && close > open) {
            String sourceName = field.substring(0, open).strip();
            return sourceName.isEmpty()
                    ? new SourcePackage(name, version)
                    : new SourcePackage(
                            sourceName, field.substring(open + 1, close).strip());
        }
        return new SourcePackage(field, version);
    }
}
