package io.plimsoll.assessment.image;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What other scanners left in the cluster as objects, with its age: VulnerabilityReports of trivy-operator (and of Starboard before it), and
 * Kubescape's VulnerabilityManifestSummaries. A tool that is installed and reports nothing earns nothing; of several reports about one container the
 * newest counts. Pure, any thread.
 */
public final class ScannerReports {

    private static final String AQUA = "aquasecurity.github.io";
    private static final String KUBESCAPE = "spdx.softwarecomposition.kubescape.io";
    private static final Pattern TEMPLATE_HASH = Pattern.compile("-[a-z0-9]{6,10}$");

    /**
     * @param workload kind and name, as the scanner calls it
     * @param decides whether it says which weaknesses have a fix, and since when
     */
    private record Report(
            Resource resource,
            String kind,
            String namespace,
            String name,
            String container,
            Instant when,
            boolean decides) {}

    private final Map<String, SubjectId> workloads = new HashMap<>();
    private final Map<SubjectId, Subject> images = new HashMap<>();

    private ScannerReports(Inventory inventory) {
        for (InventoriedWorkload workload : inventory.workloads()) {
            SubjectId id = workload.subject().id();
            workloads.put(key(id.object(), id.namespace(), id.name()), id);
            for (PodTemplate template : workload.workload().templates()) {
                Resource of = template.resource();
                workloads.putIfAbsent(key(of.kind(), of.namespace(), of.name()), id);
            }
        }
        inventory.subjects().stream()
                .filter(subject -> subject.id().kind() == SubjectKind.IMAGE)
                .forEach(subject -> images.put(subject.id(), subject));
    }

    /** Evidence of every container some scanner reported on, in the order of subjects. */
    public static List<Evidence> evidence(Inventory inventory) {
        List<Report> reports = new ArrayList<>();
        for (Resource resource : inventory.state().all("VulnerabilityReport", AQUA)) {
            aqua(resource).ifPresent(reports::add);
        }
        for (Resource resource : inventory.state().all("VulnerabilityManifestSummary", KUBESCAPE)) {
            kubescape(resource).ifPresent(reports::add);
        }
        if (reports.isEmpty()) {
            return List.of();
        }
        ScannerReports known = new ScannerReports(inventory);
        Map<SubjectId, Report> newest = new TreeMap<>();
        for (Report report : reports) {
            known.subject(report)
                    .ifPresent(id -> newest.merge(id, report, (a, b) -> a.when().isBefore(b.when()) ? b : a));
        }
        List<Evidence> evidence = new ArrayList<>();
        newest.forEach((id, report) -> {
            Subject subject = known.images.get(id);
            if (subject != null) {
                evidence.add(DatedEvidence.scanned(
                        subject,
                        report.when(),
                        report.resource().kind() + " " + report.resource().name()));
                if (report.decides()) {
                    evidence.add(criticals(subject, report));
                }
            }
        });
        return evidence;
    }

    private Optional<SubjectId> subject(Report report) {
        SubjectId workload = workloads.get(key(report.kind(), report.namespace(), report.name()));
        if (workload == null && report.kind().equals("ReplicaSet")) {
            // Its Deployment need not have been given together with it.
            String base = TEMPLATE_HASH.matcher(report.name()).replaceFirst("");
            workload = workloads.get(key("Deployment", report.namespace(), base));
        }
        return Optional.ofNullable(workload)
                .map(id -> new SubjectId(
                        SubjectKind.IMAGE, id.cluster(), id.namespace(), id.object(), id.name(), report.container()));
    }

    private static Optional<Report> aqua(Resource resource) {
        Map<String, String> labels = resource.labels();
        String prefix = labels.containsKey("trivy-operator.resource.kind") ? "trivy-operator" : "starboard";
        Optional<Instant> when = time(resource.body().at("report", "updateTimestamp"))
                .or(() -> time(resource.body().at("metadata", "creationTimestamp")));
        return report(resource, labels, prefix + ".resource.", prefix + ".container.name", when, true);
    }

    private static Optional<Report> kubescape(Resource resource) {
        return report(
                resource,
                resource.labels(),
                "kubescape.io/workload-",
                "kubescape.io/workload-container-name",
                time(resource.body().at("metadata", "creationTimestamp")),
                false);
    }

    private static Optional<Report> report(
            Resource resource,
            Map<String, String> labels,
            String prefix,
            String container,
            Optional<Instant> when,
            boolean decides) {
        String kind = labels.getOrDefault(prefix + "kind", "");
        String name = labels.getOrDefault(prefix + "name", "");
        String namespace = labels.getOrDefault(prefix + "namespace", resource.namespace());
        boolean named = !kind.isEmpty() && !name.isEmpty() && labels.containsKey(container);
        return when.filter(moment -> named)
                .map(moment -> new Report(
                        resource, capital(kind), namespace, name, labels.getOrDefault(container, ""), moment, decides));
    }

    private static Evidence criticals(Subject subject, Report report) {
        String worst = "";
        Instant since = Instant.MAX;
        for (Value found : report.resource().body().items("report", "vulnerabilities")) {
            if (!found.text("severity").equalsIgnoreCase("CRITICAL")
                    || found.text("fixedVersion").isEmpty()) {
                continue;
            }
            Instant published = time(found.at("publishedDate")).orElse(report.when());
            if (published.isBefore(since)) {
                since = published;
                worst = found.text("vulnerabilityID");
            }
        }
        String control = ImageControls.CRITICALS_BLOCKED.id();
        String from = report.resource().kind() + " " + report.resource().name();
        if (!worst.isEmpty()) {
            return DatedEvidence.critical(subject, worst, since);
        }
        if (report.resource().body().isTrue("report", "os", "eosl")) {
            return Evidence.unknown(
                    control,
                    subject.id(),
                    Reason.FEED_STALE,
                    from + " names none, but the distribution is past its end: nobody publishes fixes for it",
                    subject.source());
        }
        return Evidence.pass(control, subject.id(), from + " names no critical weakness with a fix", subject.source());
    }

    private static Optional<Instant> time(Value written) {
        try {
            return written.text().map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String capital(String kind) {
        return Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
    }

    private static String key(String kind, String namespace, String name) {
        return kind + '\0' + namespace + '\0' + name;
    }
}
