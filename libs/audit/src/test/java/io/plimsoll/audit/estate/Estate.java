package io.plimsoll.audit.estate;

import io.plimsoll.audit.guardrail.PolicyObject;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clusters written in a test, and what is said of them. */
final class Estate {

    private final List<Inventory> inventories = new ArrayList<>();

    Estate cluster(String name, String... manifests) {
        ClusterStateBuilder builder = new ClusterStateBuilder(name, ClusterMode.MANIFESTS);
        String text = String.join("\n---\n", manifests);
        try {
            new ManifestReader(ManifestLimits.DEFAULTS)
                    .read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new DocumentSink() {
                        @Override
                        public void document(Document document) {
                            builder.add(document, "", this::problem);
                        }

                        @Override
                        public void problem(Problem problem) {
                            throw new AssertionError(problem.toString());
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inventories.add(Inventory.of(
                builder.build(),
                AddOnCatalogue.builtin(),
                workload -> workload.templates().stream()
                        .anyMatch(template -> !PodSecurity.evaluate(template, Level.BASELINE, Version.V1_33)
                                .isEmpty())));
        return this;
    }

    Inventory inventory() {
        return inventories.getFirst();
    }

    Evidence of(String control, String subject) {
        return evidence().stream()
                .filter(each ->
                        each.control().equals(control) && each.subject().name().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody answered " + control + " of " + subject));
    }

    private List<Evidence> evidence() {
        List<Evidence> evidence = new ArrayList<>();
        Map<String, Collection<String>> applicationNamespaces = new TreeMap<>();
        Map<String, List<PolicyObject>> policies = new TreeMap<>();
        List<Delivery> deliveries = new ArrayList<>();
        for (Inventory inventory : inventories) {
            evidence.addAll(EstateControls.evidence(
                    inventory, AddOnCatalogue.builtin(), new GuardrailDepth(6, 3), new GuardrailDepth(8, 3)));
            applicationNamespaces.put(inventory.cluster(), inventory.applicationNamespaces());
            policies.put(inventory.cluster(), PolicyObject.all(inventory.state()));
            deliveries.addAll(Delivery.of(inventory.state()));
        }
        Automation automation = Automation.of(deliveries, applicationNamespaces);
        for (Inventory inventory : inventories) {
            inventory
                    .namespaces()
                    .values()
                    .forEach(
                            each -> evidence.add(automation.evidence(inventory.cluster(), each.name(), each.source())));
        }
        evidence.addAll(PolicyParity.evidence(policies));
        return evidence;
    }

    EvidenceState state(String control, String subject) {
        return of(control, subject).state();
    }

    static String deployment(String namespace, String name, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %2$s, namespace: %1$s}
                spec:
                  template:
                    metadata: {labels: {app: %2$s}}
                    spec: {serviceAccountName: %2$s, containers: [{name: main, image: "%3$s"}]}""".formatted(namespace, name, image);
    }

    static String binding(String name, String role, String subject) {
        return """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: %s}
                roleRef: {kind: ClusterRole, name: %s}
                subjects: [%s]""".formatted(name, role, subject);
    }
}
