package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.exposure.Entry;
import io.plimsoll.kubernetes.inventory.Inventory;
import java.util.List;

/** Whether a way in declares TLS (S3.entry). A plain listener is unknown, not wrong: TLS may end in front of it. */
final class EntryEncryption {

    private EntryEncryption() {}

    static List<Evidence> evidence(Inventory inventory) {
        return inventory.entries().stream().map(EntryEncryption::judge).toList();
    }

    private static Evidence judge(Entry entry) {
        String control = EstateControls.ENTRY_ENCRYPTED.id();
        return switch (entry.tls()) {
            case DECLARED ->
                Evidence.pass(
                        control,
                        entry.subjectId(),
                        "TLS is declared",
                        entry.resource().at(entry.decisive()));
            case PLAIN, UNSAID ->
                Evidence.unknown(
                        control,
                        entry.subjectId(),
                        Reason.TLS_MAY_END_IN_FRONT,
                        "no TLS is declared here; it may end in front",
                        entry.resource().at(entry.decisive()));
        };
    }
}
