package io.plimsoll.segmentation.change;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Difference;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Explains differences by changes: each change is made alone to the first state and taken back alone in the second, and the cluster is
 * analysed both times. Where there are too many for that, the changed objects are named that decide about a pair in one of the two states.
 */
public final class Causes {

    /** With more changes than this, or so many pairs of workloads for each change, nothing is tried. */
    public static final int CHANGES_MAX = 100;

    static final long PAIRS_MAX = 40_000_000;

    /** What is known of a change's part in a difference, the strongest first. */
    public enum Proof {
        /** Made alone to the first state, it makes the whole difference. */
        ALONE,
        /** It makes a part of the difference, or without it the second state would be another one here. */
        TOGETHER,
        /** Not tried: the changed object decides about the pair before or after, or is one of its ends. */
        NAMED
    }

    /** A change and its part in a difference. */
    public record Cause(Change change, Proof proof) {}

    /** A difference with what explains it; no cause where only several changes that do nothing apart make it. */
    public record Explained(Difference difference, List<Cause> causes) {
        public Explained {
            causes = List.copyOf(causes);
        }
    }

    /** How a state is analysed. */
    @FunctionalInterface
    public interface Analysis {
        Reachability of(ClusterState state);
    }

    /** What one change does by itself. */
    private record Trial(Change change, Map<String, List<Difference>> made, Map<String, List<Difference>> missing) {}

    private final ClusterState before;
    private final ClusterState after;
    private final Reachability was;
    private final Reachability is;
    private final Analysis analysis;

    private Causes(ClusterState before, ClusterState after, Reachability was, Reachability is, Analysis analysis) {
        this.before = before;
        this.after = after;
        this.was = was;
        this.is = is;
        this.analysis = analysis;
    }

    /**
     * The differences in the order given, each with its causes in the order of identity.
     *
     * @param was what {@code analysis} makes of {@code before}, so {@code is} of {@code after}
     * @param differences from the one to the other
     */
    public static List<Explained> of(
            ClusterState before,
            ClusterState after,
            Reachability was,
            Reachability is,
            List<Difference> differences,
            Analysis analysis) {
        if (differences.isEmpty()) {
            return List.of();
        }
        Causes causes = new Causes(before, after, was, is, analysis);
        List<Change> changes = Change.between(before, after);
        long workloads = Math.max(was.workloads().size(), is.workloads().size());
        if (changes.size() > CHANGES_MAX || changes.size() * workloads * workloads > PAIRS_MAX) {
            return differences.stream()
                    .map(difference -> new Explained(difference, causes.named(difference, changes)))
                    .toList();
        }
        List<Trial> trials = changes.stream().map(causes::trial).toList();
        return differences.stream()
                .map(difference -> new Explained(difference, tried(difference, trials)))
                .toList();
    }

    private Trial trial(Change change) {
        Reachability made = analysis.of(change.appliedTo(before));
        Reachability missing = analysis.of(change.revertedIn(after));
        return new Trial(change, byPair(was.differencesTo(made)), byPair(missing.differencesTo(is)));
    }

    private static Map<String, List<Difference>> byPair(List<Difference> differences) {
        Map<String, List<Difference>> byPair = new HashMap<>();
        differences.forEach(each ->
                byPair.computeIfAbsent(key(each), unused -> new ArrayList<>()).add(each));
        return byPair;
    }

    private static String key(Difference difference) {
        return key(difference.source()) + " > " + key(difference.destination());
    }

    private static String key(Endpoint end) {
        return end instanceof Endpoint.External external
                ? external.range().family().name()
                : end.toString();
    }

    private static List<Cause> tried(Difference difference, List<Trial> trials) {
        List<Cause> alone = new ArrayList<>();
        List<Cause> together = new ArrayList<>();
        for (Trial trial : trials) {
            List<Difference> made = here(difference, trial.made());
            if (isWhole(difference, made)) {
                alone.add(new Cause(trial.change(), Proof.ALONE));
            } else if (made.stream().anyMatch(each -> shares(each, difference))
                    || !here(difference, trial.missing()).isEmpty()) {
                together.add(new Cause(trial.change(), Proof.TOGETHER));
            }
        }
        return alone.isEmpty() ? together : alone;
    }

    /** What a trial has about the pair, on any of its addresses. */
    private static List<Difference> here(Difference difference, Map<String, List<Difference>> trial) {
        return trial.getOrDefault(key(difference), List.of()).stream()
                .filter(each -> overlap(each.source(), difference.source())
                        && overlap(each.destination(), difference.destination()))
                .toList();
    }

    private static boolean overlap(Endpoint one, Endpoint other) {
        return !(one instanceof Endpoint.External mine && other instanceof Endpoint.External theirs)
                || mine.range().overlaps(theirs.range());
    }

    /** Whether on every address of the pair the same becomes of every port. */
    private static boolean isWhole(Difference difference, List<Difference> made) {
        List<Difference> same = made.stream()
                .filter(each -> each.before().equals(difference.before())
                        && each.after().equals(difference.after())
                        && each.uncertainBefore().equals(difference.uncertainBefore())
                        && each.uncertainAfter().equals(difference.uncertainAfter()))
                .toList();
        return !same.isEmpty()
                && covers(difference.source(), same.stream().map(Difference::source))
                && covers(difference.destination(), same.stream().map(Difference::destination));
    }

    private static boolean covers(Endpoint end, Stream<Endpoint> others) {
        if (!(end instanceof Endpoint.External external)) {
            return true;
        }
        List<AddressRange> ranges = others.filter(Endpoint.External.class::isInstance)
                .map(each -> ((Endpoint.External) each).range())
                .toList();
        return external.range().without(ranges).isEmpty();
    }

    /** Whether some port goes the same way in both. */
    private static boolean shares(Difference one, Difference other) {
        return meets(one, other, each -> each.after().minus(each.before()))
                || meets(one, other, each -> each.before().minus(each.after()))
                || meets(one, other, each -> each.uncertainAfter().minus(each.uncertainBefore()))
                || meets(one, other, each -> each.uncertainBefore().minus(each.uncertainAfter()));
    }

    private static boolean meets(Difference one, Difference other, Function<Difference, PortSet> part) {
        return !part.apply(one).intersect(part.apply(other)).isEmpty();
    }

    private List<Cause> named(Difference difference, List<Change> changes) {
        Set<ResourceId> deciding = new HashSet<>();
        for (Endpoint end : List.of(difference.source(), difference.destination())) {
            if (end instanceof Endpoint.OfWorkload workload) {
                deciding.add(workload.id());
                String namespace = workload.id().namespace();
                deciding.add(new ResourceId(workload.id().cluster(), "", "Namespace", "", namespace));
            }
        }
        addReasons(was, difference, deciding);
        addReasons(is, difference, deciding);
        return changes.stream()
                .filter(change -> deciding.contains(change.object()))
                .map(change -> new Cause(change, Proof.NAMED))
                .toList();
    }

    private static void addReasons(Reachability state, Difference difference, Set<ResourceId> deciding) {
        explain(state, difference).stream()
                .flatMap(explanation -> explanation.pieces().stream())
                .flatMap(piece -> Stream.of(piece.egress(), piece.ingress()))
                .flatMap(cause -> cause.reasons().stream())
                .map(Reason::object)
                .forEach(deciding::add);
    }

    private static List<Explanation> explain(Reachability state, Difference difference) {
        Set<ResourceId> there = new HashSet<>();
        state.workloads().forEach(workload -> there.add(workload.id()));
        if (difference.source() instanceof Endpoint.OfWorkload from && there.contains(from.id())) {
            if (difference.destination() instanceof Endpoint.OfWorkload to) {
                return there.contains(to.id()) ? List.of(state.explain(from.id(), to.id())) : List.of();
            }
            return difference.destination() instanceof Endpoint.External outside
                    ? state.explain(from.id(), Direction.EGRESS, outside.range())
                    : List.of();
        }
        return difference.destination() instanceof Endpoint.OfWorkload to
                        && there.contains(to.id())
                        && difference.source() instanceof Endpoint.External outside
                ? state.explain(to.id(), Direction.INGRESS, outside.range())
                : List.of();
    }
}
