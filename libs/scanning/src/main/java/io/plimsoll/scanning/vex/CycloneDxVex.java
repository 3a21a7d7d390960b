package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.version.VersionScheme;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CycloneDX vulnerabilities with their analysis (VEX), or with the versions they affect (VDR). A component's path is where its
 * evidence says it occurs.
 */
final class CycloneDxVex {
    private static final int NESTING_MAX = 100;

    private final Map<String, Node> components = new HashMap<>();
    private final Optional<Instant> written;

    private CycloneDxVex(Optional<Instant> written) {
        this.written = written;
    }

    static void read(Node bom, VexDocument.Reading reading) throws MalformedDocument {
        CycloneDxVex vex = new CycloneDxVex(OpenVex.instant(bom.get("metadata").text("timestamp")));
        vex.component(bom.get("metadata").get("component"), 0);
        for (Node component : bom.get("components").items()) {
            vex.component(component, 0);
        }
        for (Node vulnerability : bom.get("vulnerabilities").items()) {
            vex.vulnerability(vulnerability, reading);
        }
    }

    private void component(Node component, int depth) throws MalformedDocument {
        if (depth > NESTING_MAX) {
            throw new MalformedDocument("components nested deeper than " + NESTING_MAX);
        }
        if (!component.text("bom-ref").isEmpty()) {
            components.put(component.text("bom-ref"), component);
        }
        for (Node part : component.get("components").items()) {
            component(part, depth + 1);
        }
    }

    private void vulnerability(Node vulnerability, VexDocument.Reading reading) throws MalformedDocument {
        String id = vulnerability.text("id");
        for (Node affects : vulnerability.get("affects").items()) {
            String ref = affects.text("ref");
            String place = id + " in " + ref;
            List<Node> versions = affects.get("versions").items();
            if (versions.isEmpty()) {
                reading.statement(
                        place, () -> statement(vulnerability, status(vulnerability, ""), products(ref, null)));
            }
            for (Node version : versions) {
                VexStatus status = status(vulnerability, version.text("status"));
                reading.statement(place, () -> statement(vulnerability, status, products(ref, version)));
            }
        }
    }

    private VexStatement statement(Node vulnerability, VexStatus status, List<VexProduct> products) {
        Node analysis = vulnerability.get("analysis");
        List<String> names = new ArrayList<>();
        names.add(vulnerability.text("id"));
        vulnerability.get("references").items().forEach(reference -> names.add(reference.text("id")));
        String why = OpenVex.join(analysis.text("justification"), analysis.text("detail"));
        return new VexStatement(
                names.stream().filter(name -> !name.isEmpty()).toList(),
                products,
                status,
                why.isEmpty() && !analysis.isMembers() ? "by the versions the maker lists" : why,
                OpenVex.instant(analysis.text("lastUpdated"))
                        .or(() -> OpenVex.instant(vulnerability.text("updated")))
                        .or(() -> written));
    }

    /** @param version the word of one listed version; without an analysis or a word, listed means affected */
    private static VexStatus status(Node vulnerability, String version) {
        return switch (vulnerability.get("analysis").text("state")) {
            case "resolved", "resolved_with_pedigree" -> VexStatus.FIXED;
            case "not_affected", "false_positive" -> VexStatus.NOT_AFFECTED;
            case "in_triage" -> VexStatus.UNDER_INVESTIGATION;
            case "exploitable" -> VexStatus.AFFECTED;
            default ->
                switch (version) {
                    case "unaffected" -> VexStatus.NOT_AFFECTED;
                    case "unknown" -> VexStatus.UNDER_INVESTIGATION;
                    default -> VexStatus.AFFECTED;
                };
        };
    }

    private List<VexProduct> products(String ref, @Nullable Node version) {
        Node component = components.getOrDefault(ref, Node.ABSENT);
        String written = component.text("purl").isEmpty() ? linked(ref) : component.text("purl");
        Optional<Purl> purl = Purl.parse(written).map(CycloneDxVex::withoutType);
        Optional<VersionConstraint> versions =
                version == null ? Optional.empty() : Optional.of(constraint(version, purl));
        List<VexProduct> products = new ArrayList<>();
        for (Node occurrence : component.get("evidence").get("occurrences").items()) {
            products.add(new VexProduct(purl, occurrence.text("location"), versions, List.of()));
        }
        if (products.isEmpty()) {
            if (purl.isEmpty()) {
                throw new IllegalArgumentException("a component without a purl or a path");
            }
            products.add(new VexProduct(purl, "", versions, List.of()));
        }
        return products;
    }

    private static VersionConstraint constraint(Node version, Optional<Purl> purl) {
        if (!version.text("range").isEmpty()) {
            return VersionConstraint.parse(version.text("range").strip());
        }
        VersionScheme scheme = purl.flatMap(found -> VersionConstraint.scheme(found.type()))
                .orElseThrow(() -> new IllegalArgumentException("a version of a component without a known purl type"));
        return VersionConstraint.exactly(version.text("version"), scheme)
                .orElseThrow(() -> new IllegalArgumentException("a version that cannot be read"));
    }

    /** A BOM-link, {@code urn:cdx:serial/version#ref}, whose reference is a purl by custom. */
    private static String linked(String ref) {
        int hash = ref.indexOf('#');
        return ref.startsWith("urn:cdx:") && hash > 0
                ? URLDecoder.decode(ref.substring(hash + 1), StandardCharsets.UTF_8)
                : ref;
    }

    /** {@code type=jar} is Maven's default and on no package of a catalogue. */
    private static Purl withoutType(Purl purl) {
        Map<String, String> qualifiers = new HashMap<>(purl.qualifiers());
        if (purl.type().equals("maven")) {
            qualifiers.remove("type", "jar");
        }
        return Purl.of(purl.type(), purl.namespace(), purl.name(), purl.version(), qualifiers);
    }
}
