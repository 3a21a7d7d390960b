package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.ArrayList;
import java.util.List;

/** Whether an image reference names the same image tomorrow (S2.pinned). */
final class Pinning {

    private Pinning() {}

    static List<Evidence> evidence(Inventory inventory, Memory memory) {
        return memory.of("all-pinned", "", () -> all(inventory, memory), inventory.workloads());
    }

    private static List<Evidence> all(Inventory inventory, Memory memory) {
        List<Evidence> evidence = new ArrayList<>();
        for (InventoriedWorkload workload : inventory.workloads()) {
            SubjectId id = workload.subject().id();
            evidence.addAll(memory.of("pinned", id, () -> evidence(workload), workload));
        }
        return evidence;
    }

    private static List<Evidence> evidence(InventoriedWorkload workload) {
        List<Evidence> evidence = new ArrayList<>();
        SubjectId of = workload.subject().id();
        for (PodTemplate template : workload.workload().templates()) {
            for (Container container : template.containers()) {
                SubjectId id = new SubjectId(
                        SubjectKind.IMAGE, of.cluster(), of.namespace(), of.object(), of.name(), container.name());
                evidence.add(judge(id, container, template));
            }
        }
        return evidence;
    }

    private static Evidence judge(SubjectId id, Container container, PodTemplate template) {
        String control = EstateControls.IMAGE_PINNED.id();
        ImageReference image = ImageReference.of(container.image());
        Source source = template.sourceOf(
                container.body().at("image").present() ? container.body().at("image") : container.body());
        return switch (image.pin()) {
            case DIGEST -> Evidence.pass(control, id, "pinned by digest", source);
            case TAG -> Evidence.pass(control, id, "named by version tag", source);
            case FLOATING ->
                Evidence.fail(
                        control,
                        id,
                        Reason.SEEN_AND_WRONG,
                        container.path() + ".image",
                        image.written(),
                        "container " + container.name() + " runs an image without a fixed version",
                        source);
            case BUILT ->
                Evidence.unknown(control, id, Reason.PARTIAL_ANALYSIS, "built from source when deployed", source);
            case UNREADABLE ->
                Evidence.unknown(control, id, Reason.PARTIAL_ANALYSIS, "the image reference is no reference", source);
        };
    }
}
