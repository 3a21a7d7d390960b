package io.plimsoll.segmentation.reach;

import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Difference.News;
import io.plimsoll.segmentation.topology.ExternalRanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What became of connections between two states. External addresses are cut at the boundaries of both. */
public final class Differences {

    private record Pair(Endpoint source, Endpoint destination) {}

    private record Ports(PortSet allowed, PortSet uncertain) {
        static final Ports NONE = new Ports(PortSet.NONE, PortSet.NONE);
    }

    private Differences() {}

    /**
     * The pairs that differ, in the order of their text; neighbouring ranges that differ alike are one.
     *
     * @param workloadsBefore all workloads of the first state, so for the second
     */
    public static List<Difference> between(
            List<Connection> before,
            List<Connection> after,
            Set<Endpoint> workloadsBefore,
            Set<Endpoint> workloadsAfter) {
        List<AddressRange> named = new ArrayList<>();
        before.forEach(connection -> addRanges(connection, named));
        after.forEach(connection -> addRanges(connection, named));
        ExternalRanges cut = ExternalRanges.of(named);
        Map<String, Pair> pairs = new TreeMap<>();
        Map<Pair, Ports> was = cut(before, cut, pairs);
        Map<Pair, Ports> is = cut(after, cut, pairs);
        List<Difference> differences = new ArrayList<>();
        for (Pair pair : pairs.values()) {
            Ports had = was.getOrDefault(pair, Ports.NONE);
            Ports has = is.getOrDefault(pair, Ports.NONE);
            if (!had.equals(has)) {
                add(
                        differences,
                        new Difference(
                                pair.source(),
                                pair.destination(),
                                had.allowed(),
                                has.allowed(),
                                had.uncertain(),
                                has.uncertain(),
                                news(pair.source(), workloadsBefore, workloadsAfter),
                                news(pair.destination(), workloadsBefore, workloadsAfter)));
            }
        }
        return List.copyOf(differences);
    }

    /** Workloads as ends of connections. */
    public static Set<Endpoint> workloads(List<Workload> workloads) {
        Set<Endpoint> endpoints = new TreeSet<>(Comparator.comparing(Endpoint::toString));
        workloads.forEach(workload -> endpoints.add(new Endpoint.OfWorkload(workload.id())));
        return endpoints;
    }

    private static News news(Endpoint end, Set<Endpoint> before, Set<Endpoint> after) {
        if (!(end instanceof Endpoint.OfWorkload)) {
            return News.NONE;
        }
        if (!before.contains(end)) {
            return News.ADDED;
        }
        return after.contains(end) ? News.NONE : News.REMOVED;
    }

    private static void addRanges(Connection connection, List<AddressRange> named) {
        for (Endpoint end : List.of(connection.source(), connection.destination())) {
            if (end instanceof Endpoint.External external) {
                named.add(external.range());
            }
        }
    }

    private static Map<Pair, Ports> cut(List<Connection> connections, ExternalRanges cut, Map<String, Pair> pairs) {
        Map<Pair, Ports> byPair = new HashMap<>();
        for (Connection connection : connections) {
            for (Endpoint source : cut(connection.source(), cut)) {
                for (Endpoint destination : cut(connection.destination(), cut)) {
                    Pair pair = new Pair(source, destination);
                    byPair.put(pair, new Ports(connection.ports(), connection.uncertain()));
                    pairs.put(sortKey(source, cut) + " => " + sortKey(destination, cut), pair);
                }
            }
        }
        return byPair;
    }

    private static List<Endpoint> cut(Endpoint end, ExternalRanges cut) {
        if (!(end instanceof Endpoint.External external)) {
            return List.of(end);
        }
        List<Endpoint> parts = new ArrayList<>();
        for (int i = cut.firstOf(external.range()); i < cut.endOf(external.range()); i++) {
            parts.add(new Endpoint.External(cut.get(i)));
        }
        return parts;
    }

    /** Ranges in the order of their addresses, so that neighbours meet. */
    private static String sortKey(Endpoint end, ExternalRanges cut) {
        return end instanceof Endpoint.External external
                ? String.format(Locale.ROOT, "!%08d", cut.firstOf(external.range()))
                : end.toString();
    }

    private static void add(List<Difference> differences, Difference next) {
        Difference before = differences.isEmpty() ? null : differences.getLast();
        if (before != null) {
            Endpoint source = joined(before.source(), next.source());
            Endpoint destination = joined(before.destination(), next.destination());
            boolean oneSide = before.source().equals(next.source())
                    || before.destination().equals(next.destination());
            if (oneSide && source != null && destination != null && sameChange(before, next)) {
                differences.set(
                        differences.size() - 1,
                        new Difference(
                                source,
                                destination,
                                next.before(),
                                next.after(),
                                next.uncertainBefore(),
                                next.uncertainAfter(),
                                next.sourceNews(),
                                next.destinationNews()));
                return;
            }
        }
        differences.add(next);
    }

    private static boolean sameChange(Difference one, Difference other) {
        return one.before().equals(other.before())
                && one.after().equals(other.after())
                && one.uncertainBefore().equals(other.uncertainBefore())
                && one.uncertainAfter().equals(other.uncertainAfter());
    }

    private static @Nullable Endpoint joined(Endpoint one, Endpoint next) {
        if (one.equals(next)) {
            return one;
        }
        return one instanceof Endpoint.External first
                        && next instanceof Endpoint.External second
                        && first.range().isFollowedBy(second.range())
                ? new Endpoint.External(first.range().joined(second.range()))
                : null;
    }
}
