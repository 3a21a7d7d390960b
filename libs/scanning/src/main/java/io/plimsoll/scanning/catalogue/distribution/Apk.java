package io.plimsoll.scanning.catalogue.distribution;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.SourcePackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /lib/apk/db/installed}: one-letter fields; {@code F:} and {@code R:} list the package's files. */
public final class Apk {

    private Apk() {}

    public static void read(FileContent file, Findings into) {
        Map<Character, String> fields = new HashMap<>();
        List<String> files = new ArrayList<>();
        String folder = "";
        for (String line : file.lines()) {
            if (line.isBlank()) {
                paragraph(fields, files, into);
                fields.clear();
                files.clear();
                folder = "";
            } else if (line.length() >= 2 && line.charAt(1) == ':') {
                String value = line.substring(2);
                switch (line.charAt(0)) {
                    case 'F' -> folder = value;
                    case 'R' -> files.add(folder.isEmpty() ? value : folder + "/" + value);
                    default -> fields.putIfAbsent(line.charAt(0), value);
                }
            }
        }
        paragraph(fields, files, into);
    }

    private static void paragraph(Map<Character, String> fields, List<String> files, Findings into) {
        String name = fields.getOrDefault('P', "").strip();
        String version = fields.getOrDefault('V', "").strip();
        if (name.isEmpty() || version.isEmpty()) {
            return;
        }
        String origin = fields.getOrDefault('o', "").strip();
        String licence = fields.getOrDefault('L', "").strip();
        into.addInstalled(
                PackageKind.APK,
                name,
                version,
                Map.of("arch", fields.getOrDefault('A', "").strip()),
                Optional.of(new SourcePackage(origin.isEmpty() ? name : origin, version)),
                licence.isEmpty() ? List.of() : List.of(licence));
        files.forEach(path -> into.own(name, path));
    }
}
