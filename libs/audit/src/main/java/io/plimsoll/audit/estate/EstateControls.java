package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** The controls of this room, and their evidence over all clusters of an estate. Pure, any thread. */
public final class EstateControls {

    static final Control NAMESPACE_OWNED = new Control(
            "namespace-owned",
            "A namespace names its owner",
            SubjectKind.NAMESPACE,
            EvidenceClass.COMPANION,
            Severity.MEDIUM,
            "Label the namespace with the team that owns it, for instance team: payments.",
            List.of("L25.1", "L25.3"));
    static final Control BINDING_NOT_OVERBROAD = new Control(
            "binding-not-overbroad",
            "A binding gives nobody the keys to everything",
            SubjectKind.BINDING,
            EvidenceClass.VIOLATION,
            Severity.CRITICAL,
            "Bind a role with the few rights that are needed instead of cluster-admin, and no anonymous subject.",
            List.of("L25.2", "L25.6"));
    static final Control IMAGE_PINNED = new Control(
            "image-pinned",
            "The same manifest gives the same image",
            SubjectKind.IMAGE,
            EvidenceClass.INTRINSIC,
            Severity.MEDIUM,
            "Name the image with a version tag, better with its digest.",
            List.of("L25.7"));
    static final Control ENTRY_OWNED = new Control(
            "entry-owned",
            "An entry has an owner",
            SubjectKind.ENTRY,
            EvidenceClass.COMPANION,
            Severity.MEDIUM,
            "Label the entry's namespace with the team that owns it.",
            List.of("L27.1"));
    static final Control ENTRY_ENCRYPTED = new Control(
            "entry-encrypted",
            "An entry declares TLS",
            SubjectKind.ENTRY,
            EvidenceClass.EXTERNAL,
            Severity.HIGH,
            "Declare TLS on the entry, or say where it ends in front of it.",
            List.of("L27.1"));
    static final Control RUNTIME_SENSOR = new Control(
            "runtime-sensor",
            "A runtime sensor watches with rules",
            SubjectKind.CLUSTER,
            EvidenceClass.COMPANION,
            Severity.HIGH,
            "Run a runtime sensor on every node and give it its rules.",
            List.of("L27.4"));
    static final Control NAMESPACE_AUTOMATED = new Control(
            "namespace-automated",
            "Automation owns what runs in a namespace",
            SubjectKind.NAMESPACE,
            EvidenceClass.COMPANION,
            Severity.MEDIUM,
            "Deploy the namespace by GitOps, automated and with self-healing.",
            List.of("L29.5", "L31.4"));
    static final Control RULES_CODIFIED = new Control(
            "rules-codified",
            "Container rules are written as code",
            SubjectKind.NAMESPACE,
            EvidenceClass.COMPANION,
            Severity.MEDIUM,
            "Label the namespace with a Pod Security level of at least baseline, in any mode.",
            List.of("L25.7"));
    static final Control BASELINE_ENFORCED = new Control(
            "baseline-enforced",
            "The Pod Security baseline is refused at admission",
            SubjectKind.NAMESPACE,
            EvidenceClass.COMPANION,
            Severity.HIGH,
            "Label the namespace pod-security.kubernetes.io/enforce: baseline.",
            List.of("L27.4"));

    static final Control GUARDRAILS_NUMEROUS = new Control(
            "guardrails-numerous",
            "Numerous guardrails are in force",
            SubjectKind.NAMESPACE,
            EvidenceClass.COMPANION,
            Severity.MEDIUM,
            "Enforce more rules, of more families, that what runs already obeys.",
            List.of("L29.4"));
    static final Control GUARDRAILS_DEEP = new Control(
            "guardrails-deep",
            "Guardrails are deep and wide",
            SubjectKind.NAMESPACE,
            EvidenceClass.COMPANION,
            Severity.LOW,
            "Enforce more rules, of more families, that what runs already obeys.",
            List.of("L31.4"));
    static final Control OWN_REGISTRY_RULE = new Control(
            "image-own-registry-rule",
            "An image obeys the cluster's own registry rule",
            SubjectKind.IMAGE,
            EvidenceClass.INTRINSIC,
            Severity.MEDIUM,
            "Take the image from an approved registry, or change the rule.",
            List.of("L25.4"));
    static final Control IMAGE_POLICIES_BIND = new Control(
            "image-policies-bind",
            "An image policy binds images that run",
            SubjectKind.CLUSTER,
            EvidenceClass.INTRINSIC,
            Severity.HIGH,
            "Name the images that run in the policy, or remove it: it protects nothing.",
            List.of("L31.4"));
    static final Control POLICY_PARITY = new Control(
            "policy-parity",
            "A policy says the same in every cluster",
            SubjectKind.POLICY,
            EvidenceClass.COMPANION,
            Severity.MEDIUM,
            "Apply the same policy to every cluster, from one place.",
            List.of("L29.5", "L29.6"));

    static final Control ENTRY_PLAIN = new Control(
            "entry-plain",
            "An entry does not listen without TLS",
            SubjectKind.ENTRY,
            EvidenceClass.INTRINSIC,
            Severity.HIGH,
            "Declare TLS on the entry, or say where it ends in front of it.",
            List.of("L27.1"));
    static final Control ENTRY_REQUESTED = new Control(
            "entry-requested",
            "No Service outside production asks to be reached from outside",
            SubjectKind.ENTRY,
            EvidenceClass.INTRINSIC,
            Severity.HIGH,
            "Use a ClusterIP Service, or put an Ingress or Gateway with TLS in front.",
            List.of("L27.1"));
    static final Control MESH_COVERS = new Control(
            "mesh-covers",
            "A mesh that is installed holds workloads",
            SubjectKind.CLUSTER,
            EvidenceClass.INTRINSIC,
            Severity.HIGH,
            "Bring workloads into the mesh, or remove it: it protects nothing.",
            List.of("L31.3"));
    static final Control MESH_STRICT = new Control(
            "mesh-strict",
            "A workload speaks with a proven identity on the wire",
            SubjectKind.WORKLOAD,
            EvidenceClass.COMPANION,
            Severity.LOW,
            "Bring the workload into a mesh that is strict, or isolate it in and out instead.",
            List.of("L31.3"));

    private EstateControls() {}

    public static List<Control> all() {
        return List.of(
                NAMESPACE_OWNED,
                BINDING_NOT_OVERBROAD,
                IMAGE_PINNED,
                ENTRY_OWNED,
                ENTRY_ENCRYPTED,
                RUNTIME_SENSOR,
                NAMESPACE_AUTOMATED,
                RULES_CODIFIED,
                BASELINE_ENFORCED,
                GUARDRAILS_NUMEROUS,
                GUARDRAILS_DEEP,
                OWN_REGISTRY_RULE,
                IMAGE_POLICIES_BIND,
                POLICY_PARITY,
                ENTRY_PLAIN,
                ENTRY_REQUESTED,
                MESH_COVERS,
                MESH_STRICT);
    }

    /**
     * Evidence of the controls here that one cluster answers by itself. What needs the whole estate is asked of {@link Automation} and
     * {@link PolicyParity}.
     *
     * @param catalogue whose components' own accounts may administer
     */
    public static List<Evidence> evidence(
            Inventory inventory, AddOnCatalogue catalogue, GuardrailDepth numerous, GuardrailDepth deep) {
        return evidence(inventory, catalogue, numerous, deep, Memory.NONE);
    }

    /**
     * The same, with what was answered before.
     *
     * @param memory the inventory was made with; of one cluster, with one catalogue
     */
    public static List<Evidence> evidence(
            Inventory inventory,
            AddOnCatalogue catalogue,
            GuardrailDepth numerous,
            GuardrailDepth deep,
            Memory memory) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.addAll(Ownership.evidence(inventory));
        evidence.addAll(ClusterAdministration.evidence(inventory, catalogue));
        evidence.addAll(Pinning.evidence(inventory, memory));
        evidence.addAll(EntryEncryption.evidence(inventory));
        evidence.addAll(EntryFindings.evidence(inventory));
        evidence.addAll(RuntimeSensors.evidence(inventory));
        evidence.addAll(Mesh.evidence(inventory, memory));
        evidence.addAll(Rules.evidence(inventory, numerous, deep, memory));
        return evidence;
    }
}
