package io.plimsoll.scanning.catalogue.java;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The main section of {@code META-INF/MANIFEST.MF} (JAR File Specification). Sections of individual entries say nothing
 * of the archive. A line that is none is passed over: the archive is still there.
 */
final class Manifest {

    private static final Pattern ARTIFACT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z]?\\d[\\w.+-]*");

    private final Map<String, String> main = new HashMap<>();

    Manifest(String text) {
        String name = "";
        boolean any = false;
        for (String line : text.split("\r\n|\n|\r", -1)) {
            if (line.isEmpty()) {
                if (any) {
                    break;
                }
                continue;
            }
            any = true;
            if (line.charAt(0) == ' ') {
                String start = name;
                main.computeIfPresent(start, (key, value) -> value + line.substring(1));
                continue;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                main.put(name, line.substring(colon + 1).strip());
            } else {
                name = "";
            }
        }
    }

    /** A name that can be an artifact's; nothing that a build left unfilled or wrote for people. */
    Optional<String> artifact() {
        // Gradle and Ivy builds write organisation#artifact;version.
        String title = text("implementation-title");
        int hash = title.indexOf('#');
        int semicolon = title.indexOf(';');
        if (hash > 0 && semicolon > hash) {
            title = title.substring(hash + 1, semicolon);
        }
        for (String candidate : new String[] {title, symbolicName(), text("automatic-module-name")}) {
            if (ARTIFACT.matcher(candidate).matches()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The archive's version; a specification's is not one. */
    Optional<String> version() {
        for (String field : new String[] {"implementation-version", "bundle-version", "plugin-version"}) {
            String written = text(field);
            int blank = written.indexOf(' ');
            String candidate = blank > 0 ? written.substring(0, blank) : written;
            if (VERSION.matcher(candidate).matches()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** As a bundle declares them; empty where it declares none. */
    List<String> licences() {
        return ArchiveLicences.ofBundle(text("bundle-license"));
    }

    private String symbolicName() {
        String written = text("bundle-symbolicname");
        int semicolon = written.indexOf(';');
        return (semicolon < 0 ? written : written.substring(0, semicolon)).strip();
    }

    private String text(String field) {
        return main.getOrDefault(field, "");
    }
}
