package io.plimsoll.kubernetes.inventory;

import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.Set;

/**
 * A workload with its place in the estate.
 *
 * @param addOns the catalogued add-ons all its main containers belong to; empty when one is unknown
 */
public record InventoriedWorkload(Workload workload, Subject subject, Set<AddOn> addOns) {

    public Tier tier() {
        return subject.tier();
    }

    public Exposure exposure() {
        return subject.exposure();
    }
}
