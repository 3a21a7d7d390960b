package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.advisory.VersionRange;
import io.plimsoll.scanning.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSAF 2.0 document (OASIS, profiles "Security Advisory" and "VEX") as Red Hat publishes it: per vulnerability, which
 * component of which platform is fixed from which version on, affected, or not. Architectures and repositories of one
 * release are one.
 */
final class CsafRecord {
    private static final Map<String, Standing> STANDINGS = Map.of(
            "known_affected", Standing.AFFECTED,
            "known_not_affected", Standing.NOT_AFFECTED,
            "under_investigation", Standing.UNDER_INVESTIGATION);

    private CsafRecord() {}

    /** One advisory for each vulnerability. @throws IllegalArgumentException saying what is wrong with it */
    static List<Advisory> read(Node document, FeedLimits limits) {
        Node head = document.get("document");
        String id = head.get("tracking").text("id");
        if (id.isEmpty() || !head.text("category").startsWith("csaf_")) {
            throw new IllegalArgumentException("not a CSAF document: no tracking id or category");
        }
        CsafProducts products = CsafProducts.read(document.get("product_tree"), limits.affectedMax());
        List<Advisory> advisories = new ArrayList<>();
        for (Node vulnerability : document.get("vulnerabilities").items()) {
            advisories.add(advisory(id, head, vulnerability, products, limits));
        }
        return advisories;
    }

    private static Advisory advisory(
            String id, Node head, Node vulnerability, CsafProducts products, FeedLimits limits) {
        String cve = vulnerability.text("cve");
        Optional<Cvss> score = Optional.empty();
        for (Node one : vulnerability.get("scores").items()) {
            score = score.or(() -> Cvss.of(one.get("cvss_v3").text("vectorString")))
                    .or(() -> Cvss.of(one.get("cvss_v2").text("vectorString")));
        }
        Optional<Severity> impact = Optional.empty();
        for (Node threat : vulnerability.get("threats").items()) {
            if (threat.text("category").equals("impact")) {
                impact = impact.or(() -> SeverityWord.of(threat.text("details")));
            }
        }
        Optional<Cvss> found = score;
        return new Advisory(
                id,
                List.of(),
                cve.isEmpty() || cve.equals(id) ? List.of() : List.of(cve),
                vulnerability.text("title").isEmpty() ? head.text("title") : vulnerability.text("title"),
                impact.or(() -> found.flatMap(one -> Cvss.rating(one.tenths()))),
                score.map(Cvss::tenths).orElse(-1),
                score.map(Cvss::vector).orElse(""),
                OsvRecord.instant(head.get("tracking").text("current_release_date")),
                false,
                affected(vulnerability, products, limits));
    }

    private static List<Affected> affected(Node vulnerability, CsafProducts products, FeedLimits limits) {
        Map<String, Standing> unmended = unmended(vulnerability.get("remediations"));
        // One entry for all architectures and repositories that say the same.
        Set<Affected> affected = new LinkedHashSet<>();
        vulnerability.get("product_status").members().forEach((status, ids) -> {
            for (Node id : ids.items()) {
                products.component(id.text()).ifPresent(component -> {
                    Affected one = status.equals("fixed")
                            ? fixed(component)
                            : stated(component, status, unmended.get(id.text()));
                    if (one != null) {
                        affected.add(one);
                    }
                });
            }
        });
        if (affected.size() > limits.affectedMax()) {
            throw new IllegalArgumentException("more than " + limits.affectedMax() + " affected packages");
        }
        return List.copyOf(affected);
    }

    private static @Nullable Affected fixed(CsafProducts.Component component) {
        return component.version().isEmpty()
                ? null
                : new Affected(
                        component.platform(),
                        component.name(),
                        Standing.AFFECTED,
                        List.of(VersionRange.before(component.version())),
                        List.of(),
                        component.module());
    }

    private static @Nullable Affected stated(
            CsafProducts.Component component, String status, @Nullable Standing unmended) {
        Standing standing = STANDINGS.get(status);
        if (standing == null) {
            return null;
        }
        // With a version it speaks of that build alone.
        boolean oneBuild = !component.version().isEmpty();
        return new Affected(
                component.platform(),
                component.name(),
                standing == Standing.AFFECTED && unmended != null ? unmended : standing,
                oneBuild ? List.of() : List.of(VersionRange.everything()),
                oneBuild ? List.of(component.version()) : List.of(),
                component.module());
    }

    /** For which products there will be no fix, and why. */
    private static Map<String, Standing> unmended(Node remediations) {
        Map<String, Standing> unmended = new HashMap<>();
        for (Node remediation : remediations.items()) {
            boolean outOfSupport = remediation.text("details").equals("Out of support scope");
            @Nullable
            Standing standing =
                    switch (remediation.text("category")) {
                        case "no_fix_planned" -> outOfSupport ? Standing.END_OF_LIFE : Standing.WILL_NOT_FIX;
                        case "none_available" -> outOfSupport ? Standing.END_OF_LIFE : Standing.AFFECTED;
                        default -> null;
                    };
            if (standing != null) {
                remediation.get("product_ids").items().forEach(id -> unmended.put(id.text(), standing));
            }
        }
        return unmended;
    }
}
