package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Rule;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Stranger;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * To whom workloads are exposed beyond the pods of the input: to strangers that rules speak of, to the entire cluster, and to
 * external addresses. Policies never select a stranger, so it is the workload's own side that decides. Immutable, any thread.
 */
public final class Exposures {

    private final ClassGraph graph;
    private final Listing listing;
    private final PolicySet policies;

    private Exposures(ClassGraph graph, Listing listing, PolicySet policies) {
        this.graph = graph;
        this.listing = listing;
        this.policies = policies;
    }

    /** @param listing of the same topology, for the external addresses */
    public static Exposures of(Topology topology, PolicySet policies, Listing listing) {
        // Of equal strangers the one written as plain labels comes first, and stays.
        List<Stranger> found = new ArrayList<>();
        policies.grants().flatMap(grant -> grant.peers().stream()).forEach(peer -> {
            if (peer instanceof Peer.Pods pods && !pods.isEveryPod()) {
                found.add(Stranger.of(pods));
            }
        });
        Set<Stranger> strangers = new LinkedHashSet<>(found.stream().sorted().toList());
        for (PodClass pod : topology.classes()) {
            strangers.removeIf(stranger -> stranger.isKnownAs(pod.namespaceLabels(), pod.labels()));
        }
        List<Stranger> asked = new ArrayList<>();
        asked.add(Stranger.ANYONE);
        asked.addAll(strangers);
        return new Exposures(
                ClassGraph.of(topology.with(asked), policies, listing.graph().mesh()), listing, policies);
    }

    /**
     * In the order of the workload; per workload external addresses, the entire cluster, then strangers by their text, each
     * only where it differs from the entire cluster.
     *
     * @param ports cuts every exposure down to them; exceptions from the entire cluster are then left out
     */
    public Stream<Exposure> in(Direction direction, PortSet ports) {
        return places().flatMap(workload -> of(workload, direction, ports));
    }

    /** The workloads that no policy speaks of in the direction, in their order. */
    public Stream<Endpoint> unprotected(Direction direction) {
        return places().filter(workload -> !isProtected(workload, direction)).map(listing::endpoint);
    }

    /**
     * As {@link #in}, of one workload.
     *
     * @param workload its place in the order of identity
     */
    public Stream<Exposure> of(int workload, Direction direction) {
        return classes(workload).isEmpty() ? Stream.empty() : of(workload, direction, PortSet.ALL);
    }

    /** Whether no policy speaks of a workload's pods in the direction; of pods that all ended nothing is said. */
    public boolean isUnprotected(int workload, Direction direction) {
        return !classes(workload).isEmpty() && !isProtected(workload, direction);
    }

    private Stream<Integer> places() {
        return Stream.iterate(0, place -> place + 1)
                .limit(graph.topology().workloads().size())
                .filter(workload -> !classes(workload).isEmpty());
    }

    private boolean isProtected(int workload, Direction direction) {
        return classes(workload).stream().allMatch(c -> graph.isSelected(c, direction));
    }

    private Stream<Exposure> of(int workload, Direction direction, PortSet ports) {
        Endpoint here = listing.endpoint(workload);
        Stream<Exposure> outside = listing.outside(workload, direction)
                .map(connection -> new Exposure(
                        here,
                        direction,
                        direction == Direction.INGRESS ? connection.source() : connection.destination(),
                        connection.ports(),
                        Set.of(),
                        connection.uncertain()))
                .map(exposure -> exposure.on(ports))
                .filter(Exposures::isOpen);
        Exposure everyone = toStranger(here, workload, direction, 0).on(ports);
        List<Exposure> strangers = new ArrayList<>();
        boolean open = isOpen(everyone);
        if (open) {
            strangers.add(everyone);
        }
        for (int s = 1; s < graph.topology().strangers().size(); s++) {
            Exposure one = toStranger(here, workload, direction, s).on(ports);
            if (!sameAs(everyone, one) && (isOpen(one) || open && ports.isAll())) {
                strangers.add(one);
            }
        }
        return Stream.concat(outside, strangers.stream());
    }

    private static boolean isOpen(Exposure exposure) {
        return !exposure.ports().isEmpty()
                || !exposure.named().isEmpty()
                || !exposure.uncertain().isEmpty();
    }

    private static boolean sameAs(Exposure one, Exposure other) {
        return one.ports().equals(other.ports())
                && one.named().equals(other.named())
                && one.uncertain().equals(other.uncertain());
    }

    private Exposure toStranger(Endpoint here, int workload, Direction direction, int stranger) {
        Verdict verdict = Verdict.CLOSED;
        Set<NamedPort> named = new HashSet<>();
        Stranger peer = graph.topology().strangers().get(stranger);
        for (int c : classes(workload)) {
            verdict = verdict.or(graph.withStranger(c, direction, stranger));
            if (direction == Direction.EGRESS) {
                addNames(graph.topology().classes().get(c), peer, named);
            }
        }
        return new Exposure(
                here, direction, new Endpoint.OfStranger(peer), verdict.allowed(), named, verdict.uncertain());
    }

    /** What NetworkPolicies allow by name only; cluster-wide policies in front of them leave it uncertain. */
    private void addNames(PodClass subject, Stranger stranger, Set<NamedPort> named) {
        if (subject.host()) {
            return;
        }
        for (var policy : policies.in(subject.namespace())) {
            for (Rule rule : policy.rulesFor(subject.labels(), Direction.EGRESS)) {
                if (means(rule.grant(), stranger)) {
                    named.addAll(rule.grant().ports().named());
                }
            }
        }
    }

    private static boolean means(Grant grant, Stranger stranger) {
        return grant.peers().stream()
                .anyMatch(peer ->
                        peer instanceof Peer.Everyone || peer instanceof Peer.Pods pods && stranger.isMeantBy(pods));
    }

    private List<Integer> classes(int workload) {
        return graph.topology().classesOf().get(workload);
    }
}
