package io.plimsoll.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.audit.export.Exportable;
import io.plimsoll.audit.export.Exportables;
import io.plimsoll.audit.export.PolicyDocument;
import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.cel.PolicyEffect;
import io.plimsoll.audit.guardrail.cel.PolicyEffects;
import io.plimsoll.audit.guardrail.cel.Programs;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A control of the catalogue and the admission policy that it is exported as: both find the same, on every shared case. */
class ExportedTwinsTest {

    private static final String GROUP = "admissionregistration.k8s.io";

    private static final Set<String> ELSEWHERE = Set.of("Deployment", "Ingress", "PodDisruptionBudget");

    private record Exported(CatalogueControl control, Resource policy, Resource binding, Audit audit) {}

    @Test
    void agreeOnEverySharedCase() throws IOException {
        Optional<Path> folder = Fixtures.folder("config");
        Assumptions.assumeTrue(folder.isPresent(), "the shared cases of configuration audit are not here");
        List<Path> manifests;
        try (Stream<Path> files = Files.walk(folder.get())) {
            manifests = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*(\\.yaml|\\.yml|/input/[^/]*\\.json)"))
                    .filter(file -> !file.toString().contains("/k8s-cve/"))
                    .filter(file -> !file.toString().endsWith("kyverno-test.yaml"))
                    .sorted()
                    .toList();
        }
        List<Exported> exported = exported();
        assertThat(exported).hasSizeGreaterThan(65);
        List<String> differences = new ArrayList<>();
        int asked = 0;
        Programs programs = new Programs(new ResourceNames(Folder.state(List.of())), TargetVersion.NEWEST);
        for (Path file : manifests) {
            ClusterState state = Folder.state(List.of(file));
            var scopes = Scope.all(state.resources(), Workloads.of(state)).values();
            for (Exported each : exported) {
                PolicyEffect effect = PolicyEffects.of(each.policy(), each.binding(), state, scopes, programs);
                Set<ResourceId> refused = new HashSet<>();
                effect.refused().forEach(refusal -> refused.add(refusal.object()));
                for (Map.Entry<ResourceId, EvidenceState> found :
                        found(each.audit(), state).entrySet()) {
                    asked++;
                    boolean fails = found.getValue() == EvidenceState.FAIL;
                    if (fails != refused.contains(found.getKey())) {
                        differences.add(each.control().id() + " "
                                + file.subpath(file.getNameCount() - 3, file.getNameCount()) + " " + found.getKey()
                                + ": " + found.getValue() + ", " + effect.refused() + effect.unknown());
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(asked).isGreaterThan(50_000);
    }

    /** One answer for each object; what the audit cannot tell, or is declared twice, is left out. */
    private static Map<ResourceId, EvidenceState> found(Audit audit, ClusterState state) {
        Map<ResourceId, EvidenceState> found = new HashMap<>();
        Set<ResourceId> twice = new HashSet<>();
        audit.run(state, finding -> {
            if (found.put(finding.object(), finding.state()) != null) {
                twice.add(finding.object());
            }
        });
        found.values().removeIf(answer -> answer != EvidenceState.FAIL && answer != EvidenceState.PASS);
        found.keySet().removeAll(twice);
        // A controller that is only named by its pod is not among the objects that are admitted.
        Set<ResourceId> there = new HashSet<>();
        state.resources().forEach(resource -> there.add(resource.id()));
        found.keySet().retainAll(there);
        // Some cases write them into the core group, which does not serve them: no API server takes such an object.
        found.keySet().removeIf(id -> id.group().isEmpty() && ELSEWHERE.contains(id.kind()));
        return found;
    }

    private static List<Exported> exported() {
        Exportables exportables = Exportables.of(Version.LATEST);
        List<Exported> exported = new ArrayList<>();
        for (CatalogueControl control : ControlCatalogue.builtin().controls()) {
            Exportable exportable = exportables.find(control.id()).orElse(null);
            if (exportable != null) {
                PolicyDocument document = new PolicyDocument(exportable, Action.DENY, new TreeSet<>());
                exported.add(new Exported(
                        control,
                        resource("ValidatingAdmissionPolicy", document.name(), document.policy()),
                        resource("ValidatingAdmissionPolicyBinding", document.name(), document.binding()),
                        new Audit(List.of(control), Folder.SETTINGS)));
            }
        }
        return exported;
    }

    private static Resource resource(String kind, String name, Value body) {
        return new Resource(
                new ResourceId("test", GROUP, kind, "", name), "v1", body, new Source("t", 0, 0), List.of());
    }
}
