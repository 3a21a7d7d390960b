package io.plimsoll.segmentation.reach;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a connection says in all: the admin tier, then NetworkPolicy, then the baseline tier, then the default that
 * everything is allowed. The rows are shared between classes; verdicts are made when first asked for. Any thread.
 */
final class Side {

    /** Of a pod that nobody selects. */
    static final Side OPEN = new Side(Row.UNTOUCHED, Row.UNTOUCHED, Row.UNTOUCHED, false);

    private final Row admin;
    private final Row policies;
    private final Row baseline;
    private final AtomicReferenceArray<@Nullable Verdict> verdicts;

    /** Whether a policy that is not analysed could change any verdict of this side. */
    private final boolean doubted;

    Side(Row admin, Row policies, Row baseline, boolean doubted) {
        this.admin = admin;
        this.policies = policies;
        this.baseline = baseline;
        this.doubted = doubted;
        this.verdicts = new AtomicReferenceArray<>(admin.groups() * policies.groups() * baseline.groups());
    }

    Verdict at(int peer) {
        if (doubted) {
            return Verdict.UNKNOWN;
        }
        int a = admin.group(peer);
        int p = policies.group(peer);
        int b = baseline.group(peer);
        int slot = (a * policies.groups() + p) * baseline.groups() + b;
        Verdict known = verdicts.get(slot);
        if (known == null) {
            known = admin.standing(a)
                    .endOfTier()
                    .then(policies.standing(p))
                    .then(baseline.standing(b))
                    .verdict();
            verdicts.set(slot, known);
        }
        return known;
    }

    /** Whether any policy speaks of the pods, be it to let everything pass. */
    boolean isSelected() {
        return doubted || admin != Row.UNTOUCHED || policies != Row.UNTOUCHED || baseline != Row.UNTOUCHED;
    }
}
