package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.addon.AddOnClass;
import io.plimsoll.kubernetes.addon.AddOnRole;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Whether a runtime sensor made for Kubernetes runs as a DaemonSet and has rules to watch by (S3.runtime): an agent alone earns
 * nothing, and from stage 3 on neither does one that knows containers alone (L27.5).
 */
final class RuntimeSensors {

    private static final Set<String> RULE_KINDS = Set.of(
            "TracingPolicy",
            "TracingPolicyNamespaced",
            "KubeArmorPolicy",
            "KubeArmorClusterPolicy",
            "NvSecurityRule",
            "NvClusterSecurityRule",
            "Policy.tracee.aquasec.com");

    private static final Comparator<Evidence> RANK = Comparator.comparingInt(
            evidence -> evidence.state() == EvidenceState.PASS ? 0 : evidence.state() == EvidenceState.UNKNOWN ? 1 : 2);

    private RuntimeSensors() {}

    static List<Evidence> evidence(Inventory inventory) {
        SubjectId id = SubjectId.ofCluster(inventory.cluster());
        String control = EstateControls.RUNTIME_SENSOR.id();
        // Of several the best decides, so that taking one away never helps.
        Evidence best = null;
        for (InventoriedWorkload workload : inventory.workloads()) {
            boolean sensor = workload.workload().kind().equals("DaemonSet")
                    && workload.addOns().stream().anyMatch(addOn -> addOn.role() == AddOnRole.RUNTIME_SENSOR);
            if (!sensor) {
                continue;
            }
            Evidence evidence = of(workload, inventory, id);
            if (best == null || RANK.compare(evidence, best) < 0) {
                best = evidence;
            }
        }
        if (best != null) {
            return List.of(best);
        }
        return List.of(Evidence.fail(
                control,
                id,
                Reason.ABSENT_FROM_INPUT,
                "",
                "",
                "no runtime sensor among the files given for cluster " + inventory.cluster(),
                Source.NONE));
    }

    private static Evidence of(InventoriedWorkload sensor, Inventory inventory, SubjectId id) {
        String control = EstateControls.RUNTIME_SENSOR.id();
        if (sensor.addOns().stream().noneMatch(RuntimeSensors::madeForKubernetes)) {
            return unfit(control, id, sensor);
        }
        Source source = sensor.workload().source();
        return hasRules(sensor, inventory.state())
                ? Evidence.pass(control, id, sensor.workload().name() + " watches with rules", source)
                : Evidence.fail(
                        control,
                        id,
                        Reason.SEEN_AND_WRONG,
                        "spec.template.spec.volumes",
                        "",
                        "the sensor " + sensor.workload().name()
                                + " has no rules or configuration among the files given",
                        source);
    }

    /** What knows containers and not the workloads of a cluster keeps up until stage 2, no longer here (L27.5). */
    private static Evidence unfit(String control, SubjectId id, InventoriedWorkload sensor) {
        AddOn addOn = sensor.addOns().stream()
                .filter(each -> each.role() == AddOnRole.RUNTIME_SENSOR)
                .findFirst()
                .orElseThrow();
        String name = "the sensor " + sensor.workload().name() + " (" + addOn.title() + ")";
        return switch (addOn.addOnClass()) {
            case KUBERNETES_NATIVE -> throw new IllegalArgumentException(addOn.id() + " is made for Kubernetes");
            case CONTAINER_CENTRIC ->
                Evidence.fail(
                        control,
                        id,
                        Reason.SEEN_AND_WRONG,
                        "",
                        "",
                        name + " is container-centric: it counts at stage 2 and no longer at stage 3;"
                                + " run one that knows the workloads of the cluster",
                        sensor.workload().source());
            case LEGACY_HOST ->
                Evidence.fail(
                        control,
                        id,
                        Reason.SEEN_AND_WRONG,
                        "",
                        "",
                        name + " is made for machines: it sees processes, not whose they are",
                        sensor.workload().source());
            case UNKNOWN ->
                Evidence.unknown(
                        control,
                        id,
                        Reason.PARTIAL_ANALYSIS,
                        name + " may be made for Kubernetes or not: its published installs do not settle it",
                        sensor.workload().source());
        };
    }

    private static boolean madeForKubernetes(AddOn addOn) {
        return addOn.role() == AddOnRole.RUNTIME_SENSOR && addOn.addOnClass() == AddOnClass.KUBERNETES_NATIVE;
    }

    private static boolean hasRules(InventoriedWorkload sensor, ClusterState state) {
        if (state.resources().stream()
                .anyMatch(r -> RULE_KINDS.contains(r.kind()) || RULE_KINDS.contains(r.kind() + "." + r.group()))) {
            return true;
        }
        for (PodTemplate template : sensor.workload().templates()) {
            for (Value volume : template.spec().items("volumes")) {
                String map = volume.at("configMap", "name").text().orElse("");
                if (state.all("ConfigMap", "").stream()
                        .anyMatch(c -> c.name().equals(map)
                                && (c.identityOnly()
                                        || !c.body().at("data").fields().isEmpty())
                                && c.namespace().equals(sensor.workload().namespace()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
