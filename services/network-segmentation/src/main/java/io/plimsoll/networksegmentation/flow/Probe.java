package io.plimsoll.networksegmentation.flow;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether one end can reach another on one port, and which rules had a say. */
public final class Probe {

    /** Most rules of an answer. */
    static final int RULES_MAX = 500;

    /** One end of the question. */
    public sealed interface End {
        record OfWorkload(ResourceId id) implements End {}

        record Outside(Address address) implements End {}
    }

    /**
     * What one rule had to say.
     *
     * @param source where its object stood
     */
    public record Say(Reason reason, Direction direction, Source source) {}

    /**
     * The answer.
     *
     * @param rules egress of the source first
     */
    public record Verdict(Explanation.Outcome outcome, List<Say> rules) {}

    private Probe() {}

    /**
     * Answers for one port.
     *
     * @param port exactly one
     * @throws IllegalArgumentException when both ends are addresses: policies of pods say nothing of that
     */
    public static Verdict of(SeenCluster cluster, End source, End destination, PortSet port) {
        Optional<Explanation> found = explanation(cluster.reachability(), source, destination);
        if (found.isEmpty()) {
            return new Verdict(Explanation.Outcome.UNKNOWN, List.of());
        }
        Explanation.Piece piece = found.get().at(port);
        List<Say> rules = new ArrayList<>();
        piece.egress().reasons().forEach(reason -> rules.add(say(cluster, reason, Direction.EGRESS)));
        piece.ingress().reasons().forEach(reason -> rules.add(say(cluster, reason, Direction.INGRESS)));
        return new Verdict(piece.outcome(), List.copyOf(rules.subList(0, Math.min(rules.size(), RULES_MAX))));
    }

    private static Optional<Explanation> explanation(Reachability reachability, End source, End destination) {
        return switch (source) {
            case End.OfWorkload from ->
                switch (destination) {
                    case End.OfWorkload to -> Optional.of(reachability.explain(from.id(), to.id()));
                    case End.Outside to -> outside(reachability, from.id(), Direction.EGRESS, to.address());
                };
            case End.Outside from ->
                switch (destination) {
                    case End.OfWorkload to -> outside(reachability, to.id(), Direction.INGRESS, from.address());
                    case End.Outside to ->
                        throw new IllegalArgumentException(
                                "both ends are addresses: policies of pods say nothing of that");
                };
        };
    }

    private static Optional<Explanation> outside(
            Reachability reachability, ResourceId workload, Direction direction, Address address) {
        return reachability.explain(workload, direction, new AddressRange(address, address)).stream()
                .findFirst();
    }

    private static Say say(SeenCluster cluster, Reason reason, Direction direction) {
        return new Say(reason, direction, cluster.source(reason.object()));
    }
}
