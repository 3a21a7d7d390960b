package io.plimsoll.scanning.catalogue.distribution;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code /usr/share/doc/PACKAGE/copyright} in its machine-readable form (DEP-5, copyright-format 1.0): the short names of the
 * {@code License} fields, as written. A file in free words says nothing here: licences are not guessed from texts.
 */
public final class DebianCopyright {

    private static final String FOLDER = "/usr/share/doc/";
    private static final String NAME = "/copyright";
    private static final String FIELD = "license:";
    private static final int LICENCES_MAX = 100;
    private static final int TEXT_MAX = 200;

    private DebianCopyright() {}

    public static boolean isOne(String path) {
        return path.startsWith(FOLDER)
                && path.endsWith(NAME)
                && path.indexOf('/', FOLDER.length()) == path.length() - NAME.length();
    }

    public static void read(FileContent file, Findings into) {
        List<String> lines = file.lines();
        if (lines.stream().limit(5).noneMatch(line -> line.startsWith("Format") && line.contains("copyright-format"))) {
            return;
        }
        Set<String> licences = new TreeSet<>();
        for (String line : lines) {
            if (line.regionMatches(true, 0, FIELD, 0, FIELD.length()) && licences.size() < LICENCES_MAX) {
                String name = line.substring(FIELD.length()).strip();
                if (!name.isEmpty() && name.length() <= TEXT_MAX) {
                    licences.add(name);
                }
            }
        }
        String path = file.path();
        into.licences(path.substring(FOLDER.length(), path.length() - NAME.length()), List.copyOf(licences));
    }
}
