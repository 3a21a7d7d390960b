package io.plimsoll.scanning.sbom;

import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.SourcePackage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads CycloneDX 1.2 to 1.7 (JSON and XML), SPDX 2.2 and 2.3 JSON and SPDX 3 JSON-LD. Dependencies are not followed, so
 * a cyclic graph costs nothing; a package without a readable purl is listed by name and never matched by a guess.
 */
public final class BillReader {

    /** Most components of one bill. */
    static final int COMPONENTS_MAX = 200_000;

    private BillReader() {}

    /**
     * Reads one bill.
     *
     * @param bytesMax more is refused
     * @throws MalformedDocument saying where it cannot be read, or which bound it passes
     */
    public static BillOfMaterials read(InputStream in, long bytesMax) throws IOException {
        BufferedInputStream bounded = new BufferedInputStream(new BoundedStream(in, bytesMax));
        bounded.mark(256);
        int first = bounded.read();
        while (first == ' ' || first == '\n' || first == '\r' || first == '\t' || first >= 0x80) {
            first = bounded.read();
        }
        bounded.reset();
        if (first == '<') {
            return CycloneDxXml.read(bounded);
        }
        return read(Documents.json(bounded));
    }

    /**
     * Reads a bill that stands within another document, as the predicate of an attestation does.
     *
     * @throws MalformedDocument when it is none
     */
    public static BillOfMaterials read(Node root) throws MalformedDocument {
        if (root.text("bomFormat").equals("CycloneDX")) {
            return cycloneDx(root);
        }
        if (root.text("spdxVersion").startsWith("SPDX-2.")) {
            return spdx2(root);
        }
        if (root.get("@graph").isPresent() && root.text("@context").contains("spdx")) {
            return Spdx3Reader.read(root);
        }
        throw new MalformedDocument("neither CycloneDX nor SPDX: bomFormat, spdxVersion and @graph are missing");
    }

    private static BillOfMaterials cycloneDx(Node root) throws MalformedDocument {
        String version = root.text("specVersion");
        if (!version.matches("1\\.[2-7]")) {
            throw new MalformedDocument("CycloneDX specVersion " + version + ", 1.2 to 1.7 are read");
        }
        Node metadata = root.get("metadata");
        BillBuilder bill = new BillBuilder("CycloneDX " + version, tools(metadata.get("tools")));
        bill.subject(metadata.get("component").text("name"));
        Deque<Node> open = new ArrayDeque<>(root.get("components").items());
        while (!open.isEmpty()) {
            Node component = open.pop();
            component.get("components").items().forEach(open::push);
            if (component.text("type").equals("operating-system")) {
                system(component, bill);
                continue;
            }
            bill.component(
                    component.text("purl"),
                    component.text("group"),
                    component.text("name"),
                    component.text("version"),
                    component.get("licenses").items().stream()
                            .map(BillReader::licence)
                            .toList(),
                    component.get("evidence").get("occurrences").items().stream()
                            .map(occurrence -> occurrence.text("location"))
                            .toList(),
                    property(component, "plimsoll:source:name"),
                    property(component, "plimsoll:source:version"));
        }
        return bill.finish();
    }

    private static void system(Node component, BillBuilder bill) {
        String name = component.text("name");
        if (!name.isBlank()) {
            bill.distribution(new Distribution(name, component.text("version"), "", component.text("description"), ""));
        }
    }

    private static String licence(Node written) {
        Node licence = written.get("license");
        String id = licence.text("id").isEmpty() ? licence.text("name") : licence.text("id");
        return id.isEmpty() ? written.text("expression") : id;
    }

    private static String property(Node component, String name) {
        return component.get("properties").items().stream()
                .filter(property -> property.text("name").equals(name))
                .map(property -> property.text("value"))
                .findFirst()
                .orElse("");
    }

    /** A list up to 1.4, components from 1.5 on. */
    private static String tools(Node tools) {
        List<Node> written = tools.items().isEmpty() ? tools.get("components").items() : tools.items();
        return String.join(
                ", ", written.stream().map(tool -> tool.text("name")).limit(10).toList());
    }

    private static BillOfMaterials spdx2(Node root) throws MalformedDocument {
        BillBuilder bill = new BillBuilder(
                root.text("spdxVersion"),
                String.join(
                        ", ",
                        root.get("creationInfo").get("creators").items().stream()
                                .map(Node::text)
                                .limit(10)
                                .toList()));
        bill.subject(root.text("name"));
        for (Node written : root.get("packages").items()) {
            Optional<String> purl = written.get("externalRefs").items().stream()
                    .filter(reference -> reference.text("referenceType").equals("purl"))
                    .map(reference -> reference.text("referenceLocator"))
                    .findFirst();
            String purpose = written.text("primaryPackagePurpose");
            if (purl.isEmpty() && (purpose.equals("CONTAINER") || purpose.equals("OPERATING-SYSTEM"))) {
                if (purpose.startsWith("OPERATING") && !written.text("name").isBlank()) {
                    bill.distribution(new Distribution(written.text("name"), written.text("versionInfo"), "", "", ""));
                }
                continue;
            }
            String licence = written.text("licenseDeclared");
            Optional<SourcePackage> source = Spdx.source(written.text("sourceInfo"));
            bill.component(
                    purl.orElse(""),
                    "",
                    written.text("name"),
                    written.text("versionInfo"),
                    licence.isEmpty() || licence.equals("NOASSERTION") ? List.of() : List.of(licence),
                    List.of(),
                    source.map(SourcePackage::name).orElse(""),
                    source.map(SourcePackage::version).orElse(""));
        }
        return bill.finish();
    }
}
