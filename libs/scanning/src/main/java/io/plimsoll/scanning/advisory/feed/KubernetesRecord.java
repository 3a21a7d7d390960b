package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.advisory.VersionRange;
import io.plimsoll.scanning.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes weakness as the curated list of the StackRox project writes it in YAML: components and ranges with comparators. The
 * project's own OSV records are read as {@link OsvRecord}; its plain feed holds no ranges, so nothing can be matched by it.
 */
final class KubernetesRecord {
    private static final Ecosystem KUBERNETES = Ecosystem.of("Kubernetes");
    /** Whom a record without components concerns: the project as a whole. */
    private static final String WHOLE = "kubernetes";

    private KubernetesRecord() {}

    /** @throws IllegalArgumentException saying what is wrong with it */
    static Advisory read(Node record) {
        List<VersionRange> ranges = new ArrayList<>();
        for (Node one : record.get("affected").items()) {
            ranges.addAll(ComparatorRange.parse(one.text("range")));
        }
        List<String> components = record.get("components").items().stream()
                .map(Node::text)
                .filter(name -> !name.isBlank())
                .toList();
        List<Affected> affected = new ArrayList<>();
        for (String name : components.isEmpty() ? List.of(WHOLE) : components) {
            affected.add(new Affected(KUBERNETES, name, Standing.AFFECTED, ranges, List.of(), ""));
        }
        Optional<Cvss> score = Cvss.of(record.get("cvss").get("kubernetes").text("vectorV3"))
                .or(() -> Cvss.of(record.get("cvss").get("nvd").text("vectorV3")));
        Optional<Severity> severity = score.flatMap(found -> Cvss.rating(found.tenths()));
        String description = record.text("description").strip();
        int end = description.indexOf('\n');
        return new Advisory(
                record.text("cve"),
                List.of(),
                List.of(),
                end < 0 ? description : description.substring(0, end),
                severity,
                score.map(Cvss::tenths).orElse(-1),
                score.map(Cvss::vector).orElse(""),
                OsvRecord.instant(record.text("published").replaceFirst("T(\\d\\d:\\d\\d)Z", "T$1:00Z")),
                false,
                affected);
    }
}
