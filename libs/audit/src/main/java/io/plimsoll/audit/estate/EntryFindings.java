package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.exposure.Entry;
import io.plimsoll.kubernetes.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;

/**
 * What a way in should make people look, though no gate fails for it: a plain listener, and a door that is only asked for
 * (stage-gates 4, S3.entry, and 5).
 */
final class EntryFindings {

    private EntryFindings() {}

    static List<Evidence> evidence(Inventory inventory) {
        List<Evidence> evidence = new ArrayList<>();
        for (Entry entry : inventory.entries()) {
            if (entry.tls() == Entry.Tls.PLAIN) {
                evidence.add(Evidence.fail(
                        EstateControls.ENTRY_PLAIN.id(),
                        entry.subjectId(),
                        Reason.SEEN_AND_WRONG,
                        "spec",
                        "",
                        "this way in listens without TLS; it may end in front of it",
                        entry.resource().at(entry.decisive())));
            }
            if (!entry.shown()) {
                String type = entry.resource().spec().text("type");
                evidence.add(Evidence.fail(
                        EstateControls.ENTRY_REQUESTED.id(),
                        entry.subjectId(),
                        Reason.SEEN_AND_WRONG,
                        "spec.type",
                        type,
                        "a " + type + " Service asks to be reached from outside; whether it is cannot be seen here",
                        entry.resource().source()));
            }
        }
        return evidence;
    }
}
