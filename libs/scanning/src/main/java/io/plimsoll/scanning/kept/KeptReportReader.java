package io.plimsoll.scanning.kept;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.catalogue.Catalogue;
import io.plimsoll.scanning.catalogue.Remnant;
import io.plimsoll.scanning.configuration.ConfigurationFinding;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.image.BaseImage;
import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.image.Lineage;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.pack.SourcePackage;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads what {@link KeptReport} wrote. */
public final class KeptReportReader {

    private KeptReportReader() {}

    /**
     * Reads a report.
     *
     * @throws MalformedDocument when it is none of this version's
     */
    public static ImageReport read(byte[] kept) throws IOException {
        try (InputStream in = new Bounded(new GZIPInputStream(new ByteArrayInputStream(kept)))) {
            Node root = Documents.json(in);
            if (root.get("format").number() != KeptReport.FORMAT) {
                throw new MalformedDocument("a kept report of format " + root.text("format"));
            }
            return report(root);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | java.time.DateTimeException e) {
            throw new MalformedDocument("a kept report that is damaged: " + e.getMessage());
        }
    }

    private static ImageReport report(Node root) throws MalformedDocument {
        List<Node> written = root.get("packages").items();
        List<Package> packages = new java.util.ArrayList<>(written.size());
        for (Node each : written) {
            packages.add(packaged(each));
        }
        Catalogue catalogue = new Catalogue(
                distribution(root.get("distribution")),
                packages,
                (int) root.get("archives").number(),
                (int) root.get("files").number(),
                rows(root.get("remnants")).stream()
                        .map(row -> new Remnant(Remnant.Kind.valueOf(row.get(0)), row.get(1)))
                        .toList(),
                rows(root.get("incomplete")).stream()
                        .map(row -> new Incompleteness(row.get(0), row.get(1)))
                        .toList());
        return new ImageReport(
                root.text("origin"),
                root.text("name"),
                Digest.find(root.text("digest")),
                config(root),
                lineage(root.get("lineage")),
                row(root.get("layers")),
                catalogue,
                rows(root.get("secrets")).stream().map(KeptReportReader::secret).toList(),
                rows(root.get("configuration")).stream()
                        .map(row -> new ConfigurationFinding(row.get(0), row.get(1), row.get(2)))
                        .toList());
    }

    private static ImageConfig config(Node root) {
        return new ImageConfig(
                root.text("architecture"),
                root.text("os"),
                root.text("created"),
                root.text("user"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                false,
                List.of(),
                List.of());
    }

    private static Lineage lineage(Node node) {
        Node base = node.get("base");
        return new Lineage(
                time(node.text("created")),
                node.text("source"),
                node.text("revision"),
                base.isMembers()
                        ? Optional.of(new BaseImage(
                                base.text("name"),
                                base.text("digest"),
                                (int) base.get("layers").number(),
                                time(base.text("created")),
                                BaseImage.Evidence.valueOf(base.text("evidence"))))
                        : Optional.empty());
    }

    private static Optional<Distribution> distribution(Node node) {
        return node.isMembers()
                ? Optional.of(new Distribution(
                        node.text("id"),
                        node.text("versionId"),
                        node.text("codename"),
                        node.text("prettyName"),
                        node.text("idLike")))
                : Optional.empty();
    }

    private static Package packaged(Node node) throws MalformedDocument {
        String purl = node.text("purl");
        List<String> source = row(node.get("source"));
        return new Package(
                Purl.parse(purl).orElseThrow(() -> new MalformedDocument("not a package: " + purl)),
                PackageKind.valueOf(node.text("kind")),
                source.isEmpty() ? Optional.empty() : Optional.of(new SourcePackage(source.get(0), source.get(1))),
                row(node.get("licences")),
                rows(node.get("found")).stream()
                        .map(row -> new Occurrence(
                                row.get(0),
                                Integer.parseInt(row.get(1)),
                                EvidenceKind.valueOf(row.get(2)),
                                Confidence.valueOf(row.get(3)),
                                row.get(4).equals("d")))
                        .toList(),
                Optional.of(node.text("ownedBy")).filter(owner -> !owner.isEmpty()));
    }

    private static Secret secret(List<String> row) {
        return new Secret(
                row.get(0),
                row.get(1),
                row.get(2),
                Integer.parseInt(row.get(3)),
                Integer.parseInt(row.get(4)),
                row.get(5));
    }

    private static Optional<Instant> time(String written) {
        return written.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(written));
    }

    private static List<List<String>> rows(Node node) {
        return node.items().stream().map(KeptReportReader::row).toList();
    }

    private static List<String> row(Node node) {
        return node.items().stream().map(Node::text).toList();
    }

    /** What was compressed cannot grow without bound. */
    private static final class Bounded extends FilterInputStream {
        private long left = KeptReport.BYTES_MAX;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            return value < 0 ? value : counted(1, value);
        }

        @Override
        public int read(byte[] into, int start, int length) throws IOException {
            int count = in.read(into, start, length);
            return count < 0 ? count : counted(count, count);
        }

        private int counted(int bytes, int result) throws MalformedDocument {
            left -= bytes;
            if (left < 0) {
                throw new MalformedDocument("a kept report of more than " + KeptReport.BYTES_MAX + " bytes");
            }
            return result;
        }
    }
}
