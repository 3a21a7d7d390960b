package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.PortSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a connection says in all: the admin tier, then NetworkPolicy, then the baseline tier, then the default that
 * everything is allowed. The rows are shared between classes; verdicts are made when first asked for. Sides of the very same rows are equal. Any
 * thread.
 */
final class Side {

    private final LastingRow admin;
    private final LastingRow policies;
    private final LastingRow baseline;

    /** What a mesh takes away on top. */
    private final Row mesh;

    /** What policies that are not analysed could change. */
    private final Doubt doubt;

    /** Looked up for each class. */
    private final int hash;

    /** By slot, so far; null until one is asked for, as most sides of a cluster that changes are gone before. */
    private volatile @Nullable Map<Long, Verdict> verdicts;

    /** What was asked last, which is mostly asked again: neighbouring ranges are told apart by few. */
    private volatile @Nullable Asked last;

    private record Asked(long slot, Verdict verdict) {}

    Side(LastingRow admin, LastingRow policies, LastingRow baseline, Row mesh, Doubt doubt) {
        this.admin = admin;
        this.policies = policies;
        this.baseline = baseline;
        this.mesh = mesh;
        this.doubt = doubt;
        this.hash =
                31 * (31 * (31 * (31 * admin.hashCode() + policies.hashCode()) + baseline.hashCode()) + mesh.hashCode())
                        + doubt.ordinal();
    }

    /**
     * The number of the combination of groups that columns are in: peers with the same one have the same verdict. A group is a char, and rows that
     * grow keep the groups they have, so it stays.
     */
    long slot(int ofAdmin, int ofPolicies, int ofBaseline, int ofMesh) {
        return (long) admin.now().group(ofAdmin) << 3 * Character.SIZE
                | (long) policies.now().group(ofPolicies) << 2 * Character.SIZE
                | (long) baseline.now().group(ofBaseline) << Character.SIZE
                | mesh.group(ofMesh);
    }

    /** The verdict of every peer in a slot. */
    Verdict inSlot(long slot) {
        return switch (doubt) {
            case NONE -> analysed(slot);
            case RESTRICTED -> new Verdict(PortSet.NONE, analysed(slot).possible());
            case ANYTHING -> Verdict.UNKNOWN;
        };
    }

    private Verdict analysed(long slot) {
        Asked before = last;
        if (before != null && before.slot == slot) {
            return before.verdict;
        }
        Verdict verdict = known(slot);
        last = new Asked(slot, verdict);
        return verdict;
    }

    private Verdict known(long slot) {
        Map<Long, Verdict> made = verdicts;
        if (made == null) {
            // Two threads may each begin one: what is made of either is the same.
            made = new ConcurrentHashMap<>(4);
            verdicts = made;
        }
        return made.computeIfAbsent(slot, asked -> {
            return beforeMesh(asked).and(mesh.standing((char) (long) asked).verdict());
        });
    }

    private Verdict beforeMesh(long slot) {
        return admin.now()
                .standing((char) (slot >>> 3 * Character.SIZE))
                .endOfTier()
                .then(policies.now().standing((char) (slot >>> 2 * Character.SIZE)))
                .then(baseline.now().standing((char) (slot >>> Character.SIZE)))
                .verdict();
    }

    /** The verdict as if there were no mesh. */
    Verdict withoutMesh(long slot) {
        return switch (doubt) {
            case NONE -> beforeMesh(slot);
            case RESTRICTED, ANYTHING -> inSlot(slot);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Side side
                        && admin.equals(side.admin)
                        && policies.equals(side.policies)
                        && baseline.equals(side.baseline)
                        && mesh.equals(side.mesh)
                        && doubt == side.doubt;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    LastingRow admin() {
        return admin;
    }

    LastingRow policies() {
        return policies;
    }

    LastingRow baseline() {
        return baseline;
    }

    Row mesh() {
        return mesh;
    }

    Doubt doubt() {
        return doubt;
    }

    /** Whether any policy speaks of the pods, be it to let everything pass. */
    boolean isSelected() {
        return doubt != Doubt.NONE
                || admin != LastingRow.UNTOUCHED
                || policies != LastingRow.UNTOUCHED
                || baseline != LastingRow.UNTOUCHED
                || mesh != Row.UNTOUCHED;
    }
}
