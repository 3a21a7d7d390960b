package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.PortSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a connection says in all: the admin tier, then NetworkPolicy, then the baseline tier, then the default that
 * everything is allowed. The rows are shared between classes; verdicts are made when first asked for. Any thread.
 */
final class Side {

    /** Of a pod that nobody selects. */
    static final Side OPEN = new Side(Row.UNTOUCHED, Row.UNTOUCHED, Row.UNTOUCHED, Row.UNTOUCHED, Doubt.NONE);

    private final Row admin;
    private final Row policies;
    private final Row baseline;

    /** What a mesh takes away on top. */
    private final Row mesh;

    private final AtomicReferenceArray<@Nullable Verdict> verdicts;

    /** What policies that are not analysed could change. */
    private final Doubt doubt;

    Side(Row admin, Row policies, Row baseline, Row mesh, Doubt doubt) {
        this.admin = admin;
        this.policies = policies;
        this.baseline = baseline;
        this.mesh = mesh;
        this.doubt = doubt;
        this.verdicts =
                new AtomicReferenceArray<>(admin.groups() * policies.groups() * baseline.groups() * mesh.groups());
    }

    Verdict at(int peer) {
        return switch (doubt) {
            case NONE -> analysed(slot(peer));
            case RESTRICTED -> new Verdict(PortSet.NONE, analysed(slot(peer)).possible());
            case ANYTHING -> Verdict.UNKNOWN;
        };
    }

    /** The number of the combination of groups a peer is in: peers with the same one have the same verdict. */
    int slot(int peer) {
        return ((admin.group(peer) * policies.groups() + policies.group(peer)) * baseline.groups()
                                + baseline.group(peer))
                        * mesh.groups()
                + mesh.group(peer);
    }

    /** The slots of a run of peers, all at once. */
    int[] slots(int first, int peers) {
        int[] slots = new int[peers];
        mesh.addGroups(slots, first, 1);
        baseline.addGroups(slots, first, mesh.groups());
        policies.addGroups(slots, first, baseline.groups() * mesh.groups());
        admin.addGroups(slots, first, policies.groups() * baseline.groups() * mesh.groups());
        return slots;
    }

    /** How many slots there can be. */
    int slots() {
        return verdicts.length();
    }

    /** The verdict of every peer in a slot. */
    Verdict inSlot(int slot) {
        return switch (doubt) {
            case NONE -> analysed(slot);
            case RESTRICTED -> new Verdict(PortSet.NONE, analysed(slot).possible());
            case ANYTHING -> Verdict.UNKNOWN;
        };
    }

    private Verdict analysed(int slot) {
        int m = slot % mesh.groups();
        int b = slot / mesh.groups() % baseline.groups();
        int p = slot / (mesh.groups() * baseline.groups()) % policies.groups();
        int a = slot / (mesh.groups() * baseline.groups() * policies.groups());
        Verdict known = verdicts.get(slot);
        if (known == null) {
            known = admin.standing(a)
                    .endOfTier()
                    .then(policies.standing(p))
                    .then(baseline.standing(b))
                    .verdict()
                    .and(mesh.standing(m).verdict());
            verdicts.set(slot, known);
        }
        return known;
    }

    /** The verdict as if there were no mesh. */
    Verdict withoutMesh(int peer) {
        return switch (doubt) {
            case NONE ->
                admin.at(peer)
                        .endOfTier()
                        .then(policies.at(peer))
                        .then(baseline.at(peer))
                        .verdict();
            case RESTRICTED, ANYTHING -> at(peer);
        };
    }

    /** Whether any policy speaks of the pods, be it to let everything pass. */
    boolean isSelected() {
        return doubt != Doubt.NONE
                || admin != Row.UNTOUCHED
                || policies != Row.UNTOUCHED
                || baseline != Row.UNTOUCHED
                || mesh != Row.UNTOUCHED;
    }
}
