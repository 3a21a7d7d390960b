package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Purl;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenVEX 0.2.0. A product's {@code @id} may also be {@code file:///path}: the thing at that path. */
final class OpenVex {

    private OpenVex() {}

    static void read(Node document, VexDocument.Reading reading) throws MalformedDocument {
        Optional<Instant> written = instant(document.text("timestamp"));
        int number = 0;
        for (Node statement : document.get("statements").items()) {
            number++;
            reading.statement("statement " + number, () -> statement(statement, written));
        }
    }

    private static VexStatement statement(Node statement, Optional<Instant> written) {
        VexStatus status =
                switch (statement.text("status")) {
                    case "not_affected" -> VexStatus.NOT_AFFECTED;
                    case "affected" -> VexStatus.AFFECTED;
                    case "fixed" -> VexStatus.FIXED;
                    case "under_investigation" -> VexStatus.UNDER_INVESTIGATION;
                    default -> throw new IllegalArgumentException("a status \"" + statement.text("status") + "\"");
                };
        List<VexProduct> products = new ArrayList<>();
        for (Node product : statement.get("products").items()) {
            VexProduct whole = product(product);
            List<Node> parts = product.get("subcomponents").items();
            if (parts.isEmpty()) {
                products.add(whole);
            }
            for (Node part : parts) {
                products.add(product(part).inside(List.of(whole)));
            }
        }
        return new VexStatement(
                vulnerabilities(statement.get("vulnerability")),
                products,
                status,
                join(statement.text("justification"), statement.text("impact_statement")),
                instant(statement.text("last_updated"))
                        .or(() -> instant(statement.text("timestamp")))
                        .or(() -> written));
    }

    private static List<String> vulnerabilities(Node vulnerability) {
        List<String> names = new ArrayList<>();
        names.add(vulnerability.text("name").isEmpty() ? vulnerability.text() : vulnerability.text("name"));
        vulnerability.get("aliases").items().forEach(alias -> names.add(alias.text()));
        return names.stream().filter(name -> !name.isEmpty()).toList();
    }

    private static VexProduct product(Node product) {
        String id = product.text("@id").isEmpty() ? product.text() : product.text("@id");
        String purl = product.get("identifiers").text("purl");
        return product(purl.isEmpty() ? id : purl);
    }

    /** @throws IllegalArgumentException when it is neither a purl nor a path */
    static VexProduct product(String id) {
        if (id.startsWith("file:///")) {
            return new VexProduct(Optional.empty(), id.substring("file://".length()), Optional.empty(), List.of());
        }
        if (id.startsWith("/")) {
            return new VexProduct(Optional.empty(), id, Optional.empty(), List.of());
        }
        return VexProduct.of(Purl.parse(id)
                .orElseThrow(() ->
                        new IllegalArgumentException("a product that is neither a purl nor a path: \"" + id + "\"")));
    }

    static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + ": " + second;
    }

    static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
