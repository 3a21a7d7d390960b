package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.exposure.Entry;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.inventory.NamespaceFacts;
import java.util.ArrayList;
import java.util.List;

/** Who answers for a namespace, and so for the entries into it (S2.own, S3.entry). */
final class Ownership {

    private Ownership() {}

    static List<Evidence> evidence(Inventory inventory) {
        List<Evidence> evidence = new ArrayList<>();
        for (NamespaceFacts namespace : inventory.namespaces().values()) {
            SubjectId id = SubjectId.ofNamespace(inventory.cluster(), namespace.name());
            String control = EstateControls.NAMESPACE_OWNED.id();
            evidence.add(
                    namespace.owner().isEmpty()
                            ? Evidence.fail(
                                    control,
                                    id,
                                    Reason.ABSENT_FROM_INPUT,
                                    "metadata.labels.team",
                                    "",
                                    "nobody is named as the owner of namespace " + namespace.name(),
                                    namespace.source())
                            : Evidence.pass(control, id, "owned by " + namespace.owner(), namespace.source()));
        }
        for (Entry entry : inventory.entries()) {
            NamespaceFacts namespace =
                    inventory.namespaces().get(entry.resource().namespace());
            String owner = namespace == null ? "" : namespace.owner();
            String control = EstateControls.ENTRY_OWNED.id();
            evidence.add(
                    !owner.isEmpty()
                            ? Evidence.pass(
                                    control,
                                    entry.subjectId(),
                                    "owned by " + owner,
                                    entry.resource().source())
                            : Evidence.fail(
                                    control,
                                    entry.subjectId(),
                                    Reason.ABSENT_FROM_INPUT,
                                    "metadata.namespace",
                                    entry.resource().namespace(),
                                    "nobody is named as the owner of this way in",
                                    entry.resource().source()));
        }
        return evidence;
    }
}
