package io.plimsoll.scanning.catalogue.language;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.PackageKind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Installed metadata (core metadata specification) and lock files of pip, Pipenv, Poetry, PDM and uv. Names are
 * normalised as PEP 503 says.
 */
public final class Python {

    private static final int METADATA_BYTES_MAX = 8 << 20;
    private static final Pattern PINNED =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[[^]]*])?\\s*={2,3}\\s*([^\\s;#,\\\\]+)");
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    private Python() {}

    /** {@code METADATA} or {@code PKG-INFO}: a mail header. */
    public static void readMetadata(FileContent file, Findings into) {
        metadata(file.lines(), into);
    }

    private static void metadata(List<String> lines, Findings into) {
        String name = "";
        String version = "";
        String licence = "";
        for (String line : lines) {
            if (line.isEmpty()) {
                break;
            }
            // The first of each stands; a description may repeat them.
            if (name.isEmpty()) {
                name = field(line, "name:");
            }
            if (version.isEmpty()) {
                version = field(line, "version:");
            }
            String expression = field(line, "license-expression:");
            if (!expression.isEmpty() || licence.isEmpty()) {
                licence = expression.isEmpty() ? field(line, "license:") : expression;
            }
        }
        if (!version.isEmpty()) {
            boolean known = !licence.isEmpty() && !licence.equals("UNKNOWN");
            add(into, name, version, known ? List.of(licence) : List.of(), false);
        }
    }

    private static String field(String line, String name) {
        return line.regionMatches(true, 0, name, 0, name.length())
                ? line.substring(name.length()).strip()
                : "";
    }

    /** A wheel or an egg as one file: a ZIP with the metadata inside. */
    public static void readArchive(FileContent file, Findings into) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(file.stream())) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!file.budget().archiveEntry()) {
                    into.problem("more archive entries than are read");
                    return;
                }
                String name = entry.getName();
                boolean metadata = name.endsWith(".dist-info/METADATA") || name.equals("EGG-INFO/PKG-INFO");
                if (metadata) {
                    byte[] content = zip.readNBytes(METADATA_BYTES_MAX);
                    metadata(
                            new String(content, java.nio.charset.StandardCharsets.UTF_8)
                                    .lines()
                                    .toList(),
                            into);
                    return;
                }
            }
        } catch (IllegalArgumentException e) {
            into.problem("damaged archive");
        }
    }

    /** Only what is pinned to one version: a range says nothing of what is installed. */
    public static void readRequirements(FileContent file, Findings into) {
        String joined = file.text().replaceAll("\\\\\r?\n", " ");
        for (String line : joined.lines().toList()) {
            String written = line.strip();
            if (written.startsWith("#") || written.startsWith("-")) {
                continue;
            }
            Matcher pinned = PINNED.matcher(written);
            if (pinned.lookingAt() && !pinned.group(2).contains("*")) {
                add(into, pinned.group(1), pinned.group(2), List.of(), false);
            }
        }
    }

    public static void readPipfile(FileContent file, Findings into) throws IOException {
        Node root = Documents.json(file.stream());
        for (String section : List.of("default", "develop")) {
            root.get(section).members().forEach((name, written) -> {
                String version = written.text("version");
                if (version.startsWith("==")) {
                    add(into, name, version.replaceFirst("^=+", ""), List.of(), section.equals("develop"));
                }
            });
        }
    }

    /** Poetry, PDM and uv write the same outline: {@code [[package]]} with name and version. */
    public static void readToml(FileContent file, Findings into) throws IOException {
        for (Node written : Documents.toml(file.stream()).get("package").items()) {
            Node source = written.get("source");
            // uv's own project and its workspace's members.
            boolean own =
                    source.get("virtual").isPresent() || source.get("editable").isPresent();
            if (!own && !written.text("version").isEmpty()) {
                add(
                        into,
                        written.text("name"),
                        written.text("version"),
                        List.of(),
                        written.text("category").equals("dev"));
            }
        }
    }

    private static void add(Findings into, String name, String version, List<String> licences, boolean development) {
        String normal = SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
        into.add(PackageKind.PYPI, "", normal, version, licences, development);
    }
}
