package io.plimsoll.segmentation.reach;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.entry.WayIn;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Explanation.Cause;
import io.plimsoll.segmentation.reach.Explanation.Outcome;
import io.plimsoll.segmentation.reach.Explanation.Part;
import io.plimsoll.segmentation.reach.Explanation.Piece;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Why pairs of peers may or may not connect. Not safe for use by two threads at once. */
public final class Explanations {

    private final Topology topology;
    private final ClassGraph graph;
    private final Listing listing;
    private final Explainer explainer;

    public Explanations(ClassGraph graph, Listing listing, PolicySet policies) {
        this.topology = graph.topology();
        this.graph = graph;
        this.listing = listing;
        this.explainer = new Explainer(graph, policies);
    }

    /** One workload to another, by their places in the topology. */
    public Explanation between(int source, int destination) {
        List<Explanation> ofClasses = new ArrayList<>();
        for (int s : topology.classesOf().get(source)) {
            for (int d : topology.classesOf().get(destination)) {
                Explanation pair = Explanation.of(
                        listing.endpoint(source),
                        listing.endpoint(destination),
                        explainer.parts(s, Direction.EGRESS, d),
                        explainer.parts(d, Direction.INGRESS, s));
                ofClasses.add(inView(pair, graph.between(s, d)));
            }
        }
        return best(listing.endpoint(source), listing.endpoint(destination), ofClasses);
    }

    /** One workload and one elementary range of external addresses. */
    public Explanation outside(int workload, Direction direction, int range) {
        Endpoint here = listing.endpoint(workload);
        Endpoint there = new Endpoint.External(topology.ranges().get(range));
        List<Part> open = List.of(new Part(PortSet.ALL, Cause.DEFAULT));
        List<Explanation> ofClasses = new ArrayList<>();
        for (int c : topology.classesOf().get(workload)) {
            List<Part> own = explainer.parts(c, direction, topology.peerOfRange(range));
            ofClasses.add(
                    switch (direction) {
                        case INGRESS -> Explanation.of(there, here, open, own);
                        case EGRESS -> Explanation.of(here, there, own, open);
                    });
        }
        return direction == Direction.INGRESS ? best(there, here, ofClasses) : best(here, there, ofClasses);
    }

    /**
     * What leads in to a workload, from the pods that serve a way where they are recognised, else from a pod of whom nothing is known.
     *
     * @param places of workloads in the topology
     */
    public Explanation brought(int workload, List<WayIn> ways, ToIntFunction<ResourceId> places) {
        Endpoint controller = new Endpoint.Controller();
        Endpoint here = listing.endpoint(workload);
        Map<Optional<ResourceId>, List<WayIn>> byController = new LinkedHashMap<>();
        ways.forEach(way -> byController
                .computeIfAbsent(way.controller(), unused -> new ArrayList<>())
                .add(way));
        List<Part> open = List.of(new Part(PortSet.ALL, Cause.DEFAULT));
        List<Explanation> ofClasses = new ArrayList<>();
        for (int c : topology.classesOf().get(workload)) {
            byController.forEach((by, led) -> {
                if (by.isEmpty()) {
                    List<Part> own = explainer.parts(c, Direction.INGRESS, topology.peerOfStranger(0));
                    ofClasses.add(Explanation.of(controller, here, open, led(own, led)));
                    return;
                }
                for (int s : topology.classesOf().get(places.applyAsInt(by.get()))) {
                    List<Part> sent = explainer.parts(s, Direction.EGRESS, c);
                    List<Part> own = explainer.parts(c, Direction.INGRESS, s);
                    ofClasses.add(Explanation.of(controller, here, sent, led(own, led)));
                }
            });
        }
        return best(controller, here, ofClasses);
    }

    /** Every pair of different workloads, and every workload with the outside both ways; in the order of the list. */
    public Stream<Explanation> all() {
        int workloads = topology.workloads().size();
        return Stream.concat(
                        IntStream.range(0, workloads)
                                .boxed()
                                .flatMap(source -> Stream.concat(
                                        IntStream.range(0, workloads)
                                                .filter(destination -> destination != source)
                                                .mapToObj(destination -> between(source, destination)),
                                        outside(source, Direction.EGRESS))),
                        IntStream.range(0, workloads).boxed().flatMap(workload -> outside(workload, Direction.INGRESS)))
                .filter(explanation -> !explanation.pieces().isEmpty());
    }

    /** Neighbouring ranges with the same explanation are one. */
    private Stream<Explanation> outside(int workload, Direction direction) {
        List<Explanation> joined = new ArrayList<>();
        for (int range = 0; range < topology.ranges().size(); range++) {
            AddressRange here = topology.ranges().get(range);
            if (!listing.shows(here.family())) {
                continue;
            }
            Explanation next = outside(workload, direction, range);
            Explanation before = joined.isEmpty() ? null : joined.getLast();
            if (before != null
                    && before.pieces().equals(next.pieces())
                    && external(before).family() == here.family()) {
                joined.set(joined.size() - 1, moved(before, external(before).joined(here)));
            } else {
                joined.add(next);
            }
        }
        return joined.stream();
    }

    private static AddressRange external(Explanation explanation) {
        return explanation.source() instanceof Endpoint.External from
                ? from.range()
                : ((Endpoint.External) explanation.destination()).range();
    }

    private static Explanation moved(Explanation explanation, AddressRange range) {
        Endpoint outside = new Endpoint.External(range);
        return explanation.source() instanceof Endpoint.External
                ? new Explanation(outside, explanation.destination(), explanation.pieces())
                : new Explanation(explanation.source(), outside, explanation.pieces());
    }

    /** Between a node and a pod the engine knows less than the policies of both say. */
    private static Explanation inView(Explanation pair, Verdict verdict) {
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : pair.pieces()) {
            add(pieces, piece, verdict.allowed(), Outcome.ALLOWED);
            add(pieces, piece, PortSet.ALL.minus(verdict.possible()), Outcome.DENIED);
            add(pieces, piece, verdict.uncertain(), Outcome.UNKNOWN);
        }
        pieces.sort(Comparator.comparing(Piece::outcome));
        return new Explanation(pair.source(), pair.destination(), pieces);
    }

    private static void add(List<Piece> pieces, Piece piece, PortSet ports, Outcome outcome) {
        PortSet cut = piece.ports().intersect(ports);
        if (!cut.isEmpty()) {
            pieces.add(new Piece(cut, outcome, piece.egress(), piece.ingress()));
        }
    }

    /** Of pods that differ, for each port the one that gets furthest. */
    private static Explanation best(Endpoint source, Endpoint destination, List<Explanation> ofClasses) {
        if (ofClasses.size() == 1) {
            return ofClasses.getFirst();
        }
        List<Piece> pieces = new ArrayList<>();
        PortSet left = PortSet.ALL;
        for (Outcome outcome : List.of(Outcome.ALLOWED, Outcome.UNKNOWN, Outcome.DENIED)) {
            for (Explanation each : ofClasses) {
                for (Piece piece : each.pieces()) {
                    PortSet ports = piece.outcome() == outcome ? piece.ports().intersect(left) : PortSet.NONE;
                    add(pieces, piece, ports, outcome);
                    left = left.minus(ports);
                }
            }
        }
        pieces.sort(Comparator.comparing(Piece::outcome));
        return new Explanation(source, destination, pieces);
    }

    /** Of what the policies allow, only what something leads to comes in. */
    private static List<Part> led(List<Part> own, List<WayIn> ways) {
        Map<Cause, PortSet> parts = new LinkedHashMap<>();
        PortSet led = PortSet.NONE;
        for (WayIn way : ways) {
            led = led.union(way.ports());
        }
        for (Part part : own) {
            PortSet closed = part.ports().minus(led);
            if (!closed.isEmpty()) {
                List<Reason> reasons = reasons(part, ways, Reason.Effect.LEADS_TO_OTHER_PORTS);
                parts.merge(new Cause(Outcome.DENIED, reasons), closed, PortSet::union);
            }
            PortSet left = part.ports().intersect(led);
            while (!left.isEmpty()) {
                PortSet slice = left;
                List<WayIn> leading = new ArrayList<>();
                for (WayIn way : ways) {
                    PortSet both = slice.intersect(way.ports());
                    if (!both.isEmpty()) {
                        slice = both;
                        leading.add(way);
                    }
                }
                Cause cause = new Cause(part.cause().outcome(), reasons(part, leading, Reason.Effect.LEADS_IN));
                parts.merge(cause, slice, PortSet::union);
                left = left.minus(slice);
            }
        }
        List<Part> all = new ArrayList<>();
        parts.forEach((cause, ports) -> all.add(new Part(ports, cause)));
        return all;
    }

    private static List<Reason> reasons(Part part, List<WayIn> ways, Reason.Effect effect) {
        List<Reason> reasons = new ArrayList<>(part.cause().reasons());
        ways.forEach(way -> reasons.add(new Reason(way.object(), effect, way.service())));
        return reasons;
    }
}
