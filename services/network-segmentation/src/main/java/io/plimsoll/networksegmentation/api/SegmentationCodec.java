package io.plimsoll.networksegmentation.api;

import io.plimsoll.api.segmentation.v1.ChangeKind;
import io.plimsoll.api.segmentation.v1.ConnectionChange;
import io.plimsoll.api.segmentation.v1.CountBand;
import io.plimsoll.api.segmentation.v1.DeclaredNeed;
import io.plimsoll.api.segmentation.v1.Door;
import io.plimsoll.api.segmentation.v1.Exposed;
import io.plimsoll.api.segmentation.v1.GraphEdge;
import io.plimsoll.api.segmentation.v1.GraphEnd;
import io.plimsoll.api.segmentation.v1.GraphNode;
import io.plimsoll.api.segmentation.v1.IngressController;
import io.plimsoll.api.segmentation.v1.Outside;
import io.plimsoll.api.segmentation.v1.OverlayProblem;
import io.plimsoll.api.segmentation.v1.PolicyCoverage;
import io.plimsoll.api.segmentation.v1.PortSummary;
import io.plimsoll.api.segmentation.v1.SegmentationMetrics;
import io.plimsoll.api.segmentation.v1.ShareBand;
import io.plimsoll.api.segmentation.v1.Spread;
import io.plimsoll.api.segmentation.v1.SuggestedPolicy;
import io.plimsoll.api.segmentation.v1.SuggestionProof;
import io.plimsoll.api.segmentation.v1.UnanalysedKind;
import io.plimsoll.api.segmentation.v1.WayIn;
import io.plimsoll.api.segmentation.v1.WorkloadExposure;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.networksegmentation.flow.DrawGraph;
import io.plimsoll.networksegmentation.flow.ListExposures;
import io.plimsoll.networksegmentation.flow.ListSuggestions;
import io.plimsoll.networksegmentation.flow.Overlaid;
import io.plimsoll.networksegmentation.flow.SeenCluster;
import io.plimsoll.segmentation.metrics.Bounds;
import io.plimsoll.segmentation.metrics.Share;
import io.plimsoll.segmentation.picture.Box;
import io.plimsoll.segmentation.picture.Edge;
import io.plimsoll.segmentation.policy.Coverage;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Difference;
import io.plimsoll.segmentation.reach.Exposure;
import io.plimsoll.segmentation.suggest.Need;
import io.plimsoll.segmentation.suggest.Proof;
import io.plimsoll.segmentation.suggest.Suggestions;
import io.plimsoll.wire.KernelCodec;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Answers in the contract's words; what is over a bound is left out and counted. */
final class SegmentationCodec {

    static final int RANGES_MAX = 200;
    static final int PEERS_MAX = 500;
    static final int ROWS_MAX = 200;

    private SegmentationCodec() {}

    static PortSummary ports(PortSet ports) {
        PortSummary.Builder wire =
                PortSummary.newBuilder().setAll(ports.isAll()).setText(ports.toString());
        if (!ports.isAll()) {
            List<PortSet.Span> spans = ports.toSpans();
            spans.stream().limit(RANGES_MAX).forEach(span -> wire.addRanges(ConnectionCodec.toWire(span)));
            wire.setRangesLeftOut(leftOut(spans.size(), RANGES_MAX));
        }
        return wire.build();
    }

    private static int leftOut(int size, int max) {
        return Math.max(0, size - max);
    }

    /** @param seen whether a workload is the caller's to see */
    static WorkloadExposure toWire(ListExposures.Row row, Predicate<ResourceId> seen) {
        WorkloadExposure.Builder wire = WorkloadExposure.newBuilder()
                .setWorkload(KernelCodec.toWire(SeenCluster.subject(row.workload())))
                .setDirection(RuleCodec.direction(row.direction()))
                .setUnprotected(row.unprotected())
                .setPeersLeftOut(leftOut(row.peers().size(), PEERS_MAX))
                .setWaysInLeftOut(leftOut(row.waysIn().size(), ROWS_MAX));
        row.peers().stream().limit(PEERS_MAX).forEach(peer -> wire.addPeers(exposed(peer)));
        row.waysIn().stream().limit(ROWS_MAX).forEach(way -> wire.addWaysIn(wayIn(way, seen)));
        return wire.build();
    }

    private static Exposed exposed(Exposure exposure) {
        Exposed.Builder wire = Exposed.newBuilder()
                .setPeer(ConnectionCodec.toWire(exposure.peer()))
                .setPorts(ports(exposure.ports()))
                .setUncertain(ports(exposure.uncertain()));
        exposure.named().stream()
                .sorted(Comparator.comparing(NamedPort::protocol).thenComparing(NamedPort::name))
                .limit(RANGES_MAX)
                .forEach(port -> wire.addNamed(port.protocol() + " " + port.name()));
        return wire.build();
    }

    static WayIn wayIn(io.plimsoll.segmentation.entry.WayIn way, Predicate<ResourceId> seen) {
        WayIn.Builder wire = WayIn.newBuilder()
                .setDoor(
                        switch (way.door()) {
                            case CONTROLLER -> Door.DOOR_CONTROLLER;
                            case LOAD_BALANCER -> Door.DOOR_LOAD_BALANCER;
                            case EXTERNAL_ADDRESS -> Door.DOOR_EXTERNAL_ADDRESS;
                            case NODE_PORT -> Door.DOOR_NODE_PORT;
                            case HOST_PORT -> Door.DOOR_HOST_PORT;
                            case HOST_NETWORK -> Door.DOOR_HOST_NETWORK;
                        })
                .setObject(KernelCodec.toWire(way.object()))
                .setService(way.service())
                .setPorts(ports(way.ports()))
                .setInternal(way.internal())
                .setSourceHidden(way.sourceHidden());
        way.controller().filter(seen).ifPresent(by -> wire.setController(KernelCodec.toWire(SeenCluster.subject(by))));
        return wire.build();
    }

    static ConnectionChange toWire(Difference difference) {
        return ConnectionChange.newBuilder()
                .setKind(
                        switch (difference.type()) {
                            case "added" -> ChangeKind.CHANGE_KIND_ADDED;
                            case "removed" -> ChangeKind.CHANGE_KIND_REMOVED;
                            default -> ChangeKind.CHANGE_KIND_CHANGED;
                        })
                .setSource(ConnectionCodec.toWire(difference.source()))
                .setDestination(ConnectionCodec.toWire(difference.destination()))
                .setBefore(ports(difference.before()))
                .setAfter(ports(difference.after()))
                .setUncertainBefore(ports(difference.uncertainBefore()))
                .setUncertainAfter(ports(difference.uncertainAfter()))
                .setSourceChange(news(difference.sourceNews()))
                .setDestinationChange(news(difference.destinationNews()))
                .build();
    }

    private static ChangeKind news(Difference.News news) {
        return switch (news) {
            case NONE -> ChangeKind.CHANGE_KIND_UNSPECIFIED;
            case ADDED -> ChangeKind.CHANGE_KIND_ADDED;
            case REMOVED -> ChangeKind.CHANGE_KIND_REMOVED;
        };
    }

    static OverlayProblem problem(Overlaid.Said said) {
        OverlayProblem.Builder wire =
                OverlayProblem.newBuilder().setPath(said.path()).setText(said.text());
        if (!said.source().equals(Source.NONE)) {
            wire.setSource(KernelCodec.toWire(said.source()));
        }
        return wire.build();
    }

    static SuggestedPolicy toWire(ListSuggestions.Row row) {
        return SuggestedPolicy.newBuilder()
                .setPolicy(KernelCodec.toWire(row.id()))
                .setYaml(row.yaml())
                .build();
    }

    static SuggestionProof proof(Suggestions suggestions) {
        Proof proof = suggestions.proof();
        SuggestionProof.Builder wire = SuggestionProof.newBuilder()
                .setHolds(proof.holds())
                .setPolicyCount(suggestions.policies().size())
                .setNeedCount(suggestions.needs().size())
                .setCutCount(proof.cut().size())
                .setPairsGained(proof.pairsGained())
                .setBefore(metrics(proof.before()))
                .setAfter(metrics(proof.after()))
                .setNoteCount(suggestions.notes().size());
        proof.cut().stream().limit(ROWS_MAX).forEach(need -> wire.addCutNeeds(need(need)));
        suggestions.notes().stream().limit(ROWS_MAX).forEach(wire::addNotes);
        return wire.build();
    }

    private static DeclaredNeed need(Need need) {
        return DeclaredNeed.newBuilder()
                .setSource(KernelCodec.toWire(SeenCluster.subject(need.source())))
                .setDestination(KernelCodec.toWire(SeenCluster.subject(need.destination())))
                .setPorts(ports(need.ports()))
                .setPath(need.where())
                .build();
    }

    static SegmentationMetrics metrics(io.plimsoll.segmentation.metrics.SegmentationMetrics metrics) {
        return SegmentationMetrics.newBuilder()
                .setWorkloads(metrics.workloads())
                .setPods(metrics.pods())
                .setPodsSelectedIngress(metrics.podsSelected().ingress())
                .setPodsSelectedEgress(metrics.podsSelected().egress())
                .setPodsSelectedOnHost(metrics.podsSelected().ingressOnHost())
                .setPodsSelectedAdmin(metrics.podsSelected().admin())
                .setPodsSelectedBaseline(metrics.podsSelected().baseline())
                .setPairs(metrics.pairs())
                .setPairsAllowed(band(metrics.pairsAllowed()))
                .setPairsOnEveryPort(metrics.pairsOnEveryPort())
                .setSegmentednessByWorkload(share(metrics.byWorkload()))
                .setSegmentednessByPod(share(metrics.byPod()))
                .setSegmentednessByPort(share(metrics.byPort()))
                .setUnknownShare(metrics.unknownShare())
                .setOpenFromOutside(metrics.openFromOutside())
                .setOpenToOutside(metrics.openToOutside())
                .setOneHop(spread(metrics.oneHop()))
                .setTransitive(spread(metrics.transitive()))
                .build();
    }

    static CountBand.Builder band(Bounds bounds) {
        return CountBand.newBuilder().setLow(bounds.low()).setHigh(bounds.high());
    }

    private static ShareBand.Builder share(Share share) {
        return ShareBand.newBuilder().setLow(share.low()).setHigh(share.high());
    }

    private static Spread.Builder spread(io.plimsoll.segmentation.metrics.Spread spread) {
        return Spread.newBuilder()
                .setMedian(spread.median())
                .setP95(spread.p95())
                .setMax(spread.max());
    }

    static PolicyCoverage coverage(Coverage coverage) {
        PolicyCoverage.Builder wire = PolicyCoverage.newBuilder().setAnalysed(coverage.analysed());
        coverage.partial()
                .forEach((kind, count) -> wire.addPartial(
                        UnanalysedKind.newBuilder().setKind(kind).setCount(count)));
        return wire.build();
    }

    static GraphNode toWire(DrawGraph.Node node) {
        return switch (node) {
            case DrawGraph.Node.OfNamespace namespace ->
                GraphNode.newBuilder()
                        .setNamespace(namespace.name())
                        .setWorkloadCount(namespace.workloads())
                        .setGroupCount(namespace.groups())
                        .build();
            case DrawGraph.Node.OfWorkload workload ->
                GraphNode.newBuilder()
                        .setWorkload(KernelCodec.toWire(SeenCluster.subject(workload.id())))
                        .setGroup(workload.group())
                        .setWorkloadCount(1)
                        .build();
        };
    }

    static GraphEdge toWire(Edge edge) {
        return GraphEdge.newBuilder()
                .setSource(end(edge.source()))
                .setDestination(end(edge.destination()))
                .setPairs(edge.pairs())
                .setPairsAllowed(band(edge.allowed()))
                .setPorts(ports(edge.ports()))
                .setUncertain(ports(edge.uncertain()))
                .build();
    }

    private static GraphEnd end(Box box) {
        GraphEnd.Builder wire = GraphEnd.newBuilder();
        return switch (box) {
            case Box.OfNamespace namespace ->
                wire.setNamespace(namespace.name()).build();
            case Box.OfGroup group -> wire.setGroup(group.number()).build();
            case Box.Outside outside ->
                wire.setOutside(Outside.getDefaultInstance()).build();
            case Box.Controllers controllers ->
                wire.setIngressController(IngressController.getDefaultInstance())
                        .build();
        };
    }
}
