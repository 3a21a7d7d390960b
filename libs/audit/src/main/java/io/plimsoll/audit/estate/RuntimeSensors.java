package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
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
import java.util.List;
import java.util.Set;

/** Whether a runtime sensor runs as a DaemonSet and has rules to watch by (S3.runtime): an agent alone earns nothing. */
final class RuntimeSensors {

    private static final Set<String> RULE_KINDS = Set.of(
            "TracingPolicy",
            "TracingPolicyNamespaced",
            "KubeArmorPolicy",
            "KubeArmorClusterPolicy",
            "NvSecurityRule",
            "NvClusterSecurityRule",
            "Policy.tracee.aquasec.com");

    private RuntimeSensors() {}

    static List<Evidence> evidence(Inventory inventory) {
        SubjectId id = SubjectId.ofCluster(inventory.cluster());
        String control = EstateControls.RUNTIME_SENSOR.id();
        InventoriedWorkload without = null;
        for (InventoriedWorkload workload : inventory.workloads()) {
            boolean sensor = workload.workload().kind().equals("DaemonSet")
                    && workload.addOns().stream().anyMatch(RuntimeSensors::watchesContainers);
            if (!sensor) {
                continue;
            }
            if (hasRules(workload, inventory.state())) {
                return List.of(Evidence.pass(
                        control,
                        id,
                        workload.workload().name() + " watches with rules",
                        workload.workload().source()));
            }
            without = workload;
        }
        if (without != null) {
            return List.of(Evidence.fail(
                    control,
                    id,
                    Reason.SEEN_AND_WRONG,
                    "spec.template.spec.volumes",
                    "",
                    "the sensor " + without.workload().name() + " has no rules or configuration among the files given",
                    without.workload().source()));
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

    /** A sensor made for machines sees processes, not whose they are: it earns nothing here (L19.3). */
    private static boolean watchesContainers(AddOn addOn) {
        return addOn.role() == AddOnRole.RUNTIME_SENSOR && addOn.addOnClass() != AddOnClass.LEGACY_HOST;
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
                                && c.namespace().equals(sensor.workload().namespace()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
