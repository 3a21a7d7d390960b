package io.plimsoll.scanning.catalogue.java;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a Java archive says: Maven's repository layout names files {@code artifact-version.jar}.
 *
 * @param artifact the part before the version; the whole name without its extension when there is none
 * @param version empty when there is none
 */
record ArchiveName(String artifact, String version) {

    private static final Set<String> EXTENSIONS =
            Set.of("jar", "war", "ear", "par", "sar", "nar", "jpi", "hpi", "kar", "lpkg", "far", "rar", "zap", "aar");
    /** A version starts with a digit after a dash; java-cup's {@code 11b} and netty's {@code 2.0.36.Final} are ones. */
    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d[\\w.+]*(?:-[\\w.+-]*)?)");

    static boolean isArchive(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    static ArchiveName of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        if (isArchive(name)) {
            name = name.substring(0, dot);
        }
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? new ArchiveName(parts.group(1), parts.group(2)) : new ArchiveName(name, "");
    }
}
