package io.plimsoll.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.cel.PolicyEffect;
import io.plimsoll.audit.guardrail.cel.PolicyEffects;
import io.plimsoll.audit.guardrail.cel.Programs;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.audit.podsecurity.Violation;
import io.plimsoll.audit.workload.WorkloadControls;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported refuses what the audit finds, and nothing else: every workload of the shared cases, every control. */
class SameVerdictTest {

    private static final String GROUP = "admissionregistration.k8s.io";

    private record Exported(Exportable control, Resource policy, Resource binding) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/pss",
                "config/kubescape",
                "config/kubescape-vap",
                "config/kyverno",
                "config/polaris",
                "config/kube-linter",
                "config/trivy-examples",
                "manifests/apps/pod-security-admission-testdata"
            })
    void isGivenAtAdmissionAsInTheAudit(String cases) throws IOException {
        Optional<Path> folder = Fixtures.folder(cases);
        assumeTrue(folder.isPresent(), "the shared cases are not here");
        List<String> differences = new ArrayList<>();
        int asked = 0;
        for (Version version : List.of(new Version(8), new Version(24), Version.V1_33, Version.LATEST)) {
            List<Exported> exported = exported(version);
            // One set of programs: each policy is compiled once.
            Programs programs = new Programs(new ResourceNames(state(List.of())), TargetVersion.NEWEST);
            for (Path file : files(folder.get())) {
                ClusterState state = state(List.of(file));
                List<Workload> workloads = Workloads.of(state);
                var scopes = Scope.all(state.resources(), workloads).values();
                for (Exported each : exported) {
                    PolicyEffect effect = PolicyEffects.of(each.policy(), each.binding(), state, scopes, programs);
                    Set<ResourceId> refused = new HashSet<>();
                    effect.refused().forEach(refusal -> refused.add(refusal.object()));
                    for (Workload workload : workloads) {
                        asked++;
                        boolean found = fails(each.control(), workload, version);
                        if (found != refused(workload, refused) && !malformed(workload)) {
                            differences.add(file.getFileName() + " " + workload.id() + " "
                                    + each.control().id() + " at "
                                    + version + ": the audit " + (found ? "finds" : "passes") + ", " + effect.refused()
                                    + effect.unknown());
                        }
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(asked).isPositive();
    }

    /** The pod of a node's own folder is the workload of that node. */
    private static boolean refused(Workload workload, Set<ResourceId> refused) {
        return refused.contains(workload.id())
                || workload.templates().stream()
                        .anyMatch(
                                template -> refused.contains(template.resource().id()));
    }

    private static boolean fails(Exportable control, Workload workload, Version version) {
        String id = control.id();
        if (id.equals("pod-security-baseline") || id.equals("pod-security-restricted")) {
            Level level = id.endsWith("baseline") ? Level.BASELINE : Level.RESTRICTED;
            return workload.templates().stream()
                    .anyMatch(template ->
                            !PodSecurity.evaluate(template, level, version).isEmpty());
        }
        if (id.startsWith("pod-security/")) {
            return workload.templates().stream()
                    .flatMap(template -> PodSecurity.evaluate(template, Level.RESTRICTED, version).stream())
                    .map(Violation::family)
                    .anyMatch(id.substring("pod-security/".length())::equals);
        }
        return WorkloadControls.evidence(workload).stream()
                .filter(evidence -> evidence.control().equals(id))
                .map(Evidence::state)
                .anyMatch(EvidenceState.FAIL::equals);
    }

    /** What an API server refuses by itself, before any policy. */
    private static boolean malformed(Workload workload) {
        return workload.templates().stream()
                .anyMatch(template -> PodFields.of(template).mainContainers().isEmpty()
                        || PodSecurity.evaluate(template, Level.BASELINE, Version.V1_33).stream()
                                .anyMatch(violation -> violation.family().equals("unreadable")));
    }

    private static List<Exported> exported(Version version) {
        return Exportables.of(version).all().stream()
                // Those of the catalogue are compared with its own audit.
                .filter(control -> !control.id().startsWith("PLM-"))
                .map(control -> {
                    PolicyDocument document = new PolicyDocument(control, Action.DENY, new TreeSet<>());
                    return new Exported(
                            control,
                            resource("ValidatingAdmissionPolicy", document.name(), document.policy()),
                            resource("ValidatingAdmissionPolicyBinding", document.name(), document.binding()));
                })
                .toList();
    }

    private static Resource resource(String kind, String name, Value body) {
        return new Resource(
                new ResourceId("test", GROUP, kind, "", name), "v1", body, new Source("t", 0, 0), List.of());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .filter(file -> !file.getFileName().toString().matches("(expected|data)\\.json"))
                    .sorted()
                    .toList();
        }
    }

    private static ClusterState state(List<Path> files) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        DocumentSink sink = new DocumentSink() {
            @Override
            public void document(Document document) {
                builder.add(document, "", this::problem);
            }

            @Override
            public void problem(Problem problem) {}
        };
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                new ManifestReader(ManifestLimits.DEFAULTS)
                        .read(file.getFileName().toString(), in, sink);
            }
        }
        return builder.build();
    }
}
