package io.plimsoll.networksegmentation.flow;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.reach.Explanation;
import java.util.ArrayList;
import java.util.List;

/** Why two ends may or may not connect, port by port: what {@code plimsoll connections --explain} says of them. */
public final class Explain {

    /** One end of the question. */
    public sealed interface End {
        record OfWorkload(ResourceId id) implements End {}

        record Outside(AddressRange addresses) implements End {}

        record Controllers() implements End {}
    }

    private Explain() {}

    /**
     * Of addresses one for each part of the range that policies tell apart, ascending; from ingress controllers one, or none where
     * nothing leads there.
     *
     * @throws IllegalArgumentException unless one end is a workload and the other no controller that would receive
     */
    public static List<Explanation> of(SeenCluster cluster, End source, End destination) {
        Reachability reachability = cluster.reachability();
        return switch (destination) {
            case End.OfWorkload to ->
                switch (source) {
                    case End.OfWorkload from -> List.of(reachability.explain(from.id(), to.id()));
                    case End.Outside from -> outside(reachability, to.id(), Direction.INGRESS, from.addresses());
                    case End.Controllers controllers ->
                        reachability.explainBrought(to.id()).stream().toList();
                };
            case End.Outside to -> {
                if (source instanceof End.OfWorkload from) {
                    yield outside(reachability, from.id(), Direction.EGRESS, to.addresses());
                }
                throw new IllegalArgumentException("one end has to be a workload");
            }
            case End.Controllers controllers ->
                throw new IllegalArgumentException("ingress controllers are known as a source only");
        };
    }

    /** Cut down to what is asked for; neighbouring ranges with the same answer are one. */
    private static List<Explanation> outside(
            Reachability reachability, ResourceId workload, Direction direction, AddressRange asked) {
        List<Explanation> joined = new ArrayList<>();
        for (Explanation each : reachability.explain(workload, direction, asked)) {
            AddressRange here = common(range(each), asked);
            if (!joined.isEmpty() && joined.getLast().pieces().equals(each.pieces())) {
                here = range(joined.removeLast()).joined(here);
            }
            joined.add(at(each, here));
        }
        return List.copyOf(joined);
    }

    private static AddressRange common(AddressRange one, AddressRange other) {
        return new AddressRange(
                one.first().compareTo(other.first()) > 0 ? one.first() : other.first(),
                one.last().compareTo(other.last()) < 0 ? one.last() : other.last());
    }

    private static AddressRange range(Explanation explanation) {
        return explanation.source() instanceof Endpoint.External from
                ? from.range()
                : ((Endpoint.External) explanation.destination()).range();
    }

    private static Explanation at(Explanation explanation, AddressRange range) {
        Endpoint there = new Endpoint.External(range);
        return explanation.source() instanceof Endpoint.External
                ? new Explanation(there, explanation.destination(), explanation.pieces())
                : new Explanation(explanation.source(), there, explanation.pieces());
    }
}
