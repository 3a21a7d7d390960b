package io.plimsoll.scanning.catalogue.java;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.catalogue.java.ZipDirectory.Entry;
import io.plimsoll.scanning.catalogue.java.ZipDirectory.Slice;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.image.Budget;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.Purl;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Java archives and the archives within them. Each is listed at least once: by the identities that Maven wrote into it
 * ({@code META-INF/maven/…/pom.properties}; several when others are shaded in), else by an index's word for its checksum,
 * else by its file name and manifest, and then without a group, since neither says one.
 */
public final class JavaArchives {

    private static final int TEXT_BYTES_MAX = 1 << 20;
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Findings into;
    private final Budget budget;
    private final ArchiveIndex index;

    private JavaArchives(Findings into, Budget budget, ArchiveIndex index) {
        this.into = into;
        this.budget = budget;
        this.index = index;
    }

    public static boolean isArchive(String fileName) {
        return ArchiveName.isArchive(fileName);
    }

    /**
     * Reads one archive and those within.
     *
     * @throws MalformedDocument when the outermost is none; damage within is a problem of the findings
     */
    public static void read(FileContent file, Findings into, ArchiveIndex index) throws MalformedDocument {
        JavaArchives reading = new JavaArchives(into, file.budget(), index);
        reading.archive(
                new Slice(file.bytes(), 0, file.length()),
                file.path(),
                1,
                file.budget().limits().nestedBytesMax());
    }

    /** @param spare bytes that may still be unpacked while the archives around this one are held */
    private void archive(Slice bytes, String path, int depth, int spare) throws MalformedDocument {
        ZipDirectory zip = new ZipDirectory(bytes);
        List<Entry> entries = zip.entries(JavaArchives::isOfInterest, budget);
        into.countArchive();
        boolean identified = poms(zip, entries, path);
        if (!identified) {
            identified = byChecksum(bytes, path);
        }
        if (!identified) {
            byName(zip, entries, path);
        }
        for (Entry entry : entries) {
            if (!isArchive(entry.name())) {
                continue;
            }
            String inner = path + "!/" + entry.name();
            if (depth >= budget.limits().archiveDepthMax()) {
                into.problem(inner + ": archives nested deeper than "
                        + budget.limits().archiveDepthMax());
                continue;
            }
            try {
                Slice content = zip.content(entry, spare, budget);
                boolean shared = content.bytes() == bytes.bytes();
                archive(content, inner, depth + 1, shared ? spare : spare - content.length());
            } catch (MalformedDocument e) {
                into.problem(inner + ": " + e.getMessage());
                // The archive is there even though it cannot be looked into.
                into.countArchive();
                named(ArchiveName.of(entry.name()), Optional.empty(), inner);
            }
        }
    }

    private static boolean isOfInterest(String name) {
        return name.equals(MANIFEST) || isPom(name) || isPomXml(name) || isArchive(name) && !name.endsWith("/");
    }

    /** {@code META-INF/maven/GROUP/ARTIFACT/pom.properties}; in a WAR or a Boot jar of others' classes deeper. */
    private static boolean isPom(String name) {
        return name.endsWith("/pom.properties") && name.contains("META-INF/maven/");
    }

    private static boolean isPomXml(String name) {
        return name.endsWith("/pom.xml") && name.contains("META-INF/maven/");
    }

    /** Whether one of the identities within is the archive's own. */
    private boolean poms(ZipDirectory zip, List<Entry> entries, String path) {
        List<MavenCoordinates> found = new ArrayList<>();
        List<Entry> places = new ArrayList<>();
        for (Entry entry : entries) {
            if (isPom(entry.name())) {
                try {
                    MavenCoordinates.of(text(zip, entry)).ifPresent(pom -> {
                        found.add(pom);
                        places.add(entry);
                    });
                } catch (MalformedDocument e) {
                    into.problem(path + ": " + e.getMessage());
                }
            }
        }
        for (int i = 0; i < found.size(); i++) {
            MavenCoordinates pom = found.get(i);
            into.addAt(
                    path,
                    PackageKind.MAVEN,
                    pom.group(),
                    pom.artifact(),
                    pom.version(),
                    EvidenceKind.POM_PROPERTIES,
                    Confidence.HIGH,
                    licences(zip, entries, places.get(i), found.size() == 1));
        }
        String fileName = path.substring(path.lastIndexOf('/') + 1);
        return found.size() == 1 || found.stream().anyMatch(pom -> fileName.startsWith(pom.artifact()));
    }

    /**
     * As the pom beside it declares them; the bundle's header speaks for the archive as a whole, so only where it holds nothing else.
     *
     * @param alone whether it is the only identity within
     */
    private List<String> licences(ZipDirectory zip, List<Entry> entries, Entry pom, boolean alone) {
        String xml = pom.name().substring(0, pom.name().length() - "properties".length()) + "xml";
        try {
            Optional<Entry> beside = zip.find(entries, xml);
            List<String> declared = beside.isPresent() ? ArchiveLicences.ofPom(text(zip, beside.get())) : List.of();
            if (!declared.isEmpty() || !alone) {
                return declared;
            }
            Optional<Entry> manifest = zip.find(entries, MANIFEST);
            return manifest.isPresent() ? new Manifest(text(zip, manifest.get())).licences() : List.of();
        } catch (MalformedDocument e) {
            // Damaged or over its bound: the identity stands without it.
            return List.of();
        }
    }

    private boolean byChecksum(Slice bytes, String path) {
        if (index == ArchiveIndex.NONE) {
            return false;
        }
        Optional<Purl> known = index.artifact(sha1(bytes));
        known.ifPresent(purl -> into.addAt(
                path,
                PackageKind.MAVEN,
                purl.namespace(),
                purl.name(),
                purl.version(),
                EvidenceKind.CHECKSUM,
                Confidence.HIGH,
                List.of()));
        return known.isPresent();
    }

    private void byName(ZipDirectory zip, List<Entry> entries, String path) {
        Optional<Manifest> manifest = Optional.empty();
        Optional<Entry> entry = zip.find(entries, MANIFEST);
        if (entry.isPresent()) {
            try {
                manifest = Optional.of(new Manifest(text(zip, entry.get())));
            } catch (MalformedDocument e) {
                into.problem(path + ": " + e.getMessage());
            }
        }
        named(ArchiveName.of(path), manifest, path);
    }

    /** The file's name first: repositories give it, while manifests are written for people and by plug-ins. */
    private void named(ArchiveName name, Optional<Manifest> manifest, String path) {
        Identity identity = identity(name, manifest);
        into.addAt(
                path,
                PackageKind.JAVA_ARCHIVE,
                "",
                identity.artifact(),
                identity.version(),
                identity.evidence(),
                identity.confidence(),
                manifest.map(Manifest::licences).orElse(List.of()));
    }

    /** What an archive without Maven's word is called. */
    record Identity(String artifact, String version, EvidenceKind evidence, Confidence confidence) {}

    static Identity identity(ArchiveName name, Optional<Manifest> manifest) {
        Optional<String> version = manifest.flatMap(Manifest::version);
        if (!name.version().isEmpty()) {
            boolean agreed = version.filter(name.version()::equals).isPresent();
            return new Identity(
                    name.artifact(),
                    name.version(),
                    agreed ? EvidenceKind.MANIFEST : EvidenceKind.FILE_NAME,
                    agreed ? Confidence.MEDIUM : Confidence.LOW);
        }
        if (version.isPresent()) {
            String artifact = manifest.flatMap(Manifest::artifact).orElse(name.artifact());
            return new Identity(artifact, version.get(), EvidenceKind.MANIFEST, Confidence.LOW);
        }
        return new Identity(name.artifact(), "", EvidenceKind.FILE_NAME, Confidence.LOW);
    }

    private String text(ZipDirectory zip, Entry entry) throws MalformedDocument {
        Slice content = zip.content(entry, TEXT_BYTES_MAX, budget);
        return new String(content.bytes(), content.start(), content.length(), StandardCharsets.UTF_8);
    }

    private static String sha1(Slice bytes) {
        try {
            MessageDigest computation = MessageDigest.getInstance("SHA-1");
            computation.update(bytes.bytes(), bytes.start(), bytes.length());
            return HexFormat.of().formatHex(computation.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
