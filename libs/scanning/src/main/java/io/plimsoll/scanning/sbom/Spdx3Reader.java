package io.plimsoll.scanning.sbom;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.SourcePackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads SPDX 3 JSON-LD in the compact form its serialisation demands; licences by their relationships. */
final class Spdx3Reader {

    private final Map<String, Node> elements = new HashMap<>();
    private final Map<String, List<String>> licences = new HashMap<>();

    private Spdx3Reader() {}

    static BillOfMaterials read(Node root) throws MalformedDocument {
        return new Spdx3Reader().bill(root.get("@graph").items());
    }

    private BillOfMaterials bill(List<Node> graph) throws MalformedDocument {
        String version = "3";
        String tools = "";
        for (Node element : graph) {
            elements.put(element.text("spdxId"), element);
            switch (element.text("type")) {
                case "CreationInfo" ->
                    version = element.text("specVersion").isEmpty() ? version : element.text("specVersion");
                case "Tool" -> tools = tools.isEmpty() ? element.text("name") : tools;
                default -> {}
            }
        }
        // A second pass: a relationship may stand before what it relates.
        for (Node element : graph) {
            if (element.text("relationshipType").equals("hasDeclaredLicense")) {
                for (Node to : element.get("to").items()) {
                    licences.computeIfAbsent(element.text("from"), one -> new ArrayList<>())
                            .add(licence(to.text()));
                }
            }
        }
        BillBuilder bill = new BillBuilder("SPDX-" + version, tools);
        for (Node element : graph) {
            if (element.text("type").equals("software_Package")) {
                packaged(element, bill);
            }
        }
        return bill.finish();
    }

    private void packaged(Node element, BillBuilder bill) throws MalformedDocument {
        String purl = element.text("software_packageUrl");
        String purpose = element.text("software_primaryPurpose");
        if (purl.isEmpty() && purpose.equals("container")) {
            bill.subject(element.text("name"));
            return;
        }
        if (purl.isEmpty()
                && purpose.equals("operatingSystem")
                && !element.text("name").isBlank()) {
            bill.distribution(
                    new Distribution(element.text("name"), element.text("software_packageVersion"), "", "", ""));
            return;
        }
        Optional<SourcePackage> source = Spdx.source(element.text("software_sourceInfo"));
        bill.component(
                purl,
                "",
                element.text("name"),
                element.text("software_packageVersion"),
                licences.getOrDefault(element.text("spdxId"), List.of()),
                List.of(),
                source.map(SourcePackage::name).orElse(""),
                source.map(SourcePackage::version).orElse(""));
    }

    /** An expression, or the words that a LicenseRef stands for. */
    private String licence(String id) {
        Node element = elements.getOrDefault(id, Node.ABSENT);
        String expression = element.text("simplelicensing_licenseExpression");
        for (Node entry : element.get("simplelicensing_customIdToUri").items()) {
            if (entry.text("key").equals(expression)) {
                String words =
                        elements.getOrDefault(entry.text("value"), Node.ABSENT).text("simplelicensing_licenseText");
                return words.isEmpty() ? expression : words;
            }
        }
        return expression;
    }
}
