package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Purl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CSAF 2.0, profile VEX: products by the purls of the product tree; a relationship is a component of a product. */
final class CsafVex {
    private static final int DEPTH_MAX = 100;

    private final Map<String, VexProduct> products = new HashMap<>();

    private CsafVex() {}

    static void read(Node document, VexDocument.Reading reading) throws MalformedDocument {
        CsafVex vex = new CsafVex();
        Node tree = document.get("product_tree");
        vex.branch(tree, 0);
        tree.get("full_product_names").items().forEach(vex::product);
        for (Node relation : tree.get("relationships").items()) {
            vex.relation(relation);
        }
        Optional<Instant> released =
                OpenVex.instant(document.get("document").get("tracking").text("current_release_date"));
        for (Node vulnerability : document.get("vulnerabilities").items()) {
            vex.vulnerability(vulnerability, released, reading);
        }
    }

    private void branch(Node node, int depth) throws MalformedDocument {
        if (depth > DEPTH_MAX) {
            throw new MalformedDocument("a product tree deeper than " + DEPTH_MAX);
        }
        product(node.get("product"));
        for (Node branch : node.get("branches").items()) {
            branch(branch, depth + 1);
        }
    }

    private void product(Node product) {
        Purl.parse(product.get("product_identification_helper").text("purl"))
                .ifPresent(purl -> products.put(product.text("product_id"), VexProduct.of(purl)));
    }

    private void relation(Node relation) {
        VexProduct component = products.get(relation.text("product_reference"));
        VexProduct whole = products.get(relation.text("relates_to_product_reference"));
        if (component != null) {
            // A product without a purl, a distribution by its CPE, cannot be looked for; the component can.
            products.put(
                    relation.get("full_product_name").text("product_id"),
                    whole == null ? component : component.inside(List.of(whole)));
        }
    }

    private void vulnerability(Node vulnerability, Optional<Instant> released, VexDocument.Reading reading)
            throws MalformedDocument {
        String name = vulnerability.text("cve").isEmpty()
                ? vulnerability.get("ids").items().stream()
                        .map(id -> id.text("text"))
                        .findFirst()
                        .orElse("")
                : vulnerability.text("cve");
        for (Map.Entry<String, Node> status :
                vulnerability.get("product_status").members().entrySet()) {
            Optional<VexStatus> read = status(status.getKey());
            if (read.isEmpty()) {
                continue;
            }
            for (Node id : status.getValue().items()) {
                reading.statement(
                        name + " in " + id.text(),
                        () -> statement(name, read.get(), id.text(), vulnerability, released));
            }
        }
    }

    private VexStatement statement(
            String name, VexStatus status, String id, Node vulnerability, Optional<Instant> released) {
        VexProduct product = products.get(id);
        if (product == null) {
            throw new IllegalArgumentException("a product without a purl");
        }
        List<String> why = new ArrayList<>();
        for (Node flag : vulnerability.get("flags").items()) {
            if (names(flag, id)) {
                why.add(flag.text("label"));
            }
        }
        for (Node threat : vulnerability.get("threats").items()) {
            if (threat.text("category").equals("impact") && names(threat, id)) {
                why.add(threat.text("details"));
            }
        }
        return new VexStatement(List.of(name), List.of(product), status, String.join(": ", why), released);
    }

    private static boolean names(Node list, String id) {
        return list.get("product_ids").items().stream()
                .anyMatch(one -> one.text().equals(id));
    }

    private static Optional<VexStatus> status(String word) {
        return switch (word) {
            case "known_not_affected" -> Optional.of(VexStatus.NOT_AFFECTED);
            case "known_affected", "first_affected", "last_affected" -> Optional.of(VexStatus.AFFECTED);
            case "fixed", "first_fixed" -> Optional.of(VexStatus.FIXED);
            case "under_investigation" -> Optional.of(VexStatus.UNDER_INVESTIGATION);
            default -> Optional.empty();
        };
    }
}
