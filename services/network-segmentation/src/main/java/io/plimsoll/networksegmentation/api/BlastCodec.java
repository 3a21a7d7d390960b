package io.plimsoll.networksegmentation.api;

import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.segmentation.v1.Hub;
import io.plimsoll.api.segmentation.v1.PathCut;
import io.plimsoll.api.segmentation.v1.PathHop;
import io.plimsoll.api.segmentation.v1.Radius;
import io.plimsoll.api.segmentation.v1.ReachedWorkload;
import io.plimsoll.api.segmentation.v1.RuleFinding;
import io.plimsoll.api.segmentation.v1.RuleReference;
import io.plimsoll.api.segmentation.v1.RuleSay;
import io.plimsoll.api.segmentation.v1.RuleWord;
import io.plimsoll.api.segmentation.v1.SensitivePath;
import io.plimsoll.api.segmentation.v1.SuggestedPolicy;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.networksegmentation.flow.FindPaths;
import io.plimsoll.networksegmentation.flow.ListSuggestions;
import io.plimsoll.networksegmentation.flow.SeenCluster;
import io.plimsoll.segmentation.blast.BlastRadius;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.wire.KernelCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How trouble spreads, in the contract's words; what is over a bound is left out and counted. */
final class BlastCodec {

    static final int WORKLOADS_MAX = 200;
    private static final int HOP_RULES_MAX = 50;

    private BlastCodec() {}

    static List<SubjectRef> workloads(List<ResourceId> workloads) {
        return workloads.stream().limit(WORKLOADS_MAX).map(BlastCodec::workload).toList();
    }

    private static SubjectRef workload(ResourceId workload) {
        return KernelCodec.toWire(SeenCluster.subject(workload));
    }

    static int leftOut(List<?> all) {
        return Math.max(0, all.size() - WORKLOADS_MAX);
    }

    static Radius toWire(BlastRadius.Radius radius) {
        return Radius.newBuilder()
                .setWorkload(workload(radius.workload()))
                .setOneHop(SegmentationCodec.band(radius.oneHop()))
                .setTransitive(SegmentationCodec.band(radius.transitive()))
                .build();
    }

    /** @param seen whether all of the way is the caller's to see */
    static ReachedWorkload toWire(BlastRadius.Reached reached, boolean seen) {
        ReachedWorkload.Builder wire = ReachedWorkload.newBuilder()
                .setWorkload(workload(reached.workload()))
                .setHops(reached.hops())
                .setCertain(reached.certain())
                .setWayHidden(!seen);
        if (seen) {
            wire.addAllWay(workloads(reached.way())).setWayLeftOut(leftOut(reached.way()));
        }
        return wire.build();
    }

    static Hub toWire(BlastRadius.Hub hub) {
        return Hub.newBuilder()
                .addAllWorkloads(workloads(hub.workloads()))
                .setWorkloadsLeftOut(leftOut(hub.workloads()))
                .setReachedBy(hub.reachedBy())
                .setReaches(hub.reaches())
                .setPairsOnlyThrough(hub.only())
                .build();
    }

    static SensitivePath toWire(Asked asked, io.plimsoll.segmentation.blast.SensitivePaths.SensitivePath path) {
        List<ResourceId> way = path.workloads();
        boolean seen = FindPaths.isSeen(asked.cluster(), asked.caller(), way);
        SensitivePath.Builder wire = SensitivePath.newBuilder()
                .setTarget(workload(path.target()))
                .setCertain(path.certain())
                .setWayHidden(!seen);
        if (seen) {
            wire.setBy(SegmentationCodec.wayIn(path.by(), by -> asked.cluster().isSeenBy(asked.caller(), by)))
                    .addAllWay(workloads(way))
                    .setWayLeftOut(leftOut(way));
            List<ResourceId> told = way.subList(0, Math.min(WORKLOADS_MAX, way.size()));
            List<FindPaths.Hop> hops = FindPaths.hops(asked.cluster(), told);
            for (int i = 0; i < hops.size(); i++) {
                wire.addHops(hop(asked.cluster(), hops.get(i), told.get(i), told.get(i + 1)));
            }
        }
        return wire.build();
    }

    private static PathHop hop(SeenCluster cluster, FindPaths.Hop hop, ResourceId from, ResourceId to) {
        Endpoint source = new Endpoint.OfWorkload(from);
        Endpoint destination = new Endpoint.OfWorkload(to);
        List<RuleSay> rules = new ArrayList<>();
        hop.egress()
                .forEach(reason -> rules.add(RuleCodec.toWire(cluster, reason, Direction.EGRESS, source, destination)));
        hop.ingress()
                .forEach(
                        reason -> rules.add(RuleCodec.toWire(cluster, reason, Direction.INGRESS, destination, source)));
        return PathHop.newBuilder()
                .setSource(workload(from))
                .setDestination(workload(to))
                .setPorts(SegmentationCodec.ports(hop.connection().ports()))
                .setUncertain(SegmentationCodec.ports(hop.connection().uncertain()))
                .addAllRules(rules.subList(0, Math.min(HOP_RULES_MAX, rules.size())))
                .setRulesLeftOut(Math.max(0, rules.size() - HOP_RULES_MAX))
                .build();
    }

    static PathCut toWire(SeenCluster cluster, io.plimsoll.segmentation.suggest.PathCut cut) {
        PathCut.Builder wire = PathCut.newBuilder()
                .setTarget(workload(cut.target()))
                .setAt(workload(cut.at()))
                .setNote(cut.note())
                .setLostLeftOut(leftOut(cut.lost()))
                .addAllAlsoKept(workloads(cut.alsoKept()))
                .setAlsoKeptLeftOut(leftOut(cut.alsoKept()))
                .addAllStillReached(workloads(cut.stillReached()))
                .setStillReachedLeftOut(leftOut(cut.stillReached()));
        cut.policy().ifPresent(policy -> wire.setPolicy(policy(cluster, policy)));
        cut.lost().stream().limit(WORKLOADS_MAX).forEach(each -> wire.addLost(SegmentationCodec.toWire(each)));
        return wire.build();
    }

    private static SuggestedPolicy policy(SeenCluster cluster, Value policy) {
        return SegmentationCodec.toWire(ListSuggestions.row(cluster, policy));
    }

    static RuleWord toWire(io.plimsoll.segmentation.idle.RuleFinding.Word word) {
        return switch (word) {
            case UNREACHABLE -> RuleWord.RULE_WORD_UNREACHABLE;
            case SHADOWED -> RuleWord.RULE_WORD_SHADOWED;
            case INERT -> RuleWord.RULE_WORD_INERT;
        };
    }

    static RuleFinding toWire(io.plimsoll.segmentation.idle.RuleFinding finding) {
        RuleFinding.Builder wire = RuleFinding.newBuilder()
                .setWord(toWire(finding.kind().word()))
                .setKind(finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .setPolicy(KernelCodec.toWire(finding.policy()))
                .setPath(finding.path())
                .setRule(finding.rule())
                .setWhy(finding.why());
        finding.by()
                .forEach(by -> wire.addBy(RuleReference.newBuilder()
                        .setPolicy(KernelCodec.toWire(by.policy()))
                        .setPath(by.path())));
        if (!finding.source().equals(Source.NONE)) {
            wire.setSource(KernelCodec.toWire(finding.source()));
        }
        return wire.build();
    }
}
