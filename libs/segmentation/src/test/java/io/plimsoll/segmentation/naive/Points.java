package io.plimsoll.segmentation.naive;

import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.naive.SpecEvaluator.End;
import io.plimsoll.segmentation.naive.SpecTiers.Verdict;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Endpoint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A cluster's connections at chosen ports and addresses, one text each: {@code one/w0[Pod] > 10.0.0.0 UDP 53}.
 *
 * @param certain where it passes, whatever is not known
 * @param possible where it may pass, the certain ones among them
 */
record Points(Set<String> certain, Set<String> possible) {

    /** At and beside every port a random cluster can name. */
    private static final int[] PORTS = {1, 52, 53, 54, 79, 80, 81, 442, 443, 444, 8079, 8080, 8081, 8082, 65_535};

    /** What the engine lists. */
    static Points listed(RandomCluster cluster) {
        var state = cluster.state();
        Points points = new Points(new TreeSet<>(), new TreeSet<>());
        Reachability.of(state, Workloads.of(state)).connections().forEach(points::add);
        return points;
    }

    private void add(Connection connection) {
        for (String source : samples(connection.source())) {
            for (String destination : samples(connection.destination())) {
                for (Protocol protocol : Protocol.values()) {
                    for (int port : PORTS) {
                        String point = point(source, destination, protocol.name(), port);
                        if (connection.ports().contains(protocol, port)) {
                            certain.add(point);
                            possible.add(point);
                        }
                        if (connection.uncertain().contains(protocol, port)) {
                            possible.add(point);
                        }
                    }
                }
            }
        }
    }

    /** What the specification says. */
    static Points specified(RandomCluster cluster) {
        SpecEvaluator evaluator = new SpecEvaluator(cluster.objects());
        List<End> ends = new ArrayList<>(evaluator.pods());
        RandomCluster.ADDRESSES.forEach(address -> ends.add(End.outside(address)));
        Points points = new Points(new TreeSet<>(), new TreeSet<>());
        for (End source : ends) {
            for (End destination : ends) {
                if (source.isPod() || destination.isPod()) {
                    points.add(evaluator, source, destination);
                }
            }
        }
        return points;
    }

    private void add(SpecEvaluator evaluator, End source, End destination) {
        String from = source.isPod() ? source.workload() : source.address();
        String to = destination.isPod() ? destination.workload() : destination.address();
        if (from.equals(to)) {
            return;
        }
        for (Protocol protocol : Protocol.values()) {
            for (int port : PORTS) {
                Set<Verdict> outcomes = outcomes(evaluator, source, destination, protocol.name(), port);
                String point = point(from, to, protocol.name(), port);
                if (outcomes.contains(Verdict.ACCEPT)) {
                    possible.add(point);
                }
                if (outcomes.equals(EnumSet.of(Verdict.ACCEPT))) {
                    certain.add(point);
                }
            }
        }
    }

    /** Of a pod with several addresses the best decides; one whose address is not known may have any. */
    private static Set<Verdict> outcomes(
            SpecEvaluator evaluator, End source, End destination, String protocol, int port) {
        if (destination.addresses().isEmpty()) {
            Set<Verdict> any = EnumSet.noneOf(Verdict.class);
            for (String address : RandomCluster.ADDRESSES) {
                any.addAll(evaluator.outcomes(source, destination.at(address), protocol, port));
            }
            return any;
        }
        Set<Verdict> best = EnumSet.of(Verdict.DENY);
        for (String address : destination.addresses()) {
            if (source.isPod()
                    && destination.isPod()
                    && !source.addresses().isEmpty()
                    && !sharesFamily(source, address)) {
                continue;
            }
            Set<Verdict> here = evaluator.outcomes(source, destination.at(address), protocol, port);
            if (here.equals(EnumSet.of(Verdict.ACCEPT))) {
                return here;
            }
            best.addAll(here);
        }
        return best;
    }

    /** Where the two differ, at most a few points, each with what this one says. */
    String differencesFrom(Points other) {
        return differences("certain", certain, other.certain) + differences("possible", possible, other.possible);
    }

    private static String differences(String what, Set<String> here, Set<String> there) {
        Set<String> more = new TreeSet<>(here);
        more.removeAll(there);
        Set<String> less = new TreeSet<>(there);
        less.removeAll(here);
        return more.isEmpty() && less.isEmpty() ? "" : what + ": more " + few(more) + ", less " + few(less) + "; ";
    }

    private static List<String> few(Set<String> points) {
        return points.stream().limit(5).toList();
    }

    private static boolean sharesFamily(End end, String address) {
        return end.addresses().stream().anyMatch(own -> own.contains(":") == address.contains(":"));
    }

    private static List<String> samples(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.OfWorkload workload -> List.of(workload.toString());
            case Endpoint.OfStranger stranger -> List.of();
            case Endpoint.Controller controller -> List.of();
            case Endpoint.External external ->
                RandomCluster.ADDRESSES.stream()
                        .filter(address -> contains(
                                external.range(), Address.parse(address).orElseThrow()))
                        .toList();
        };
    }

    private static boolean contains(AddressRange range, Address address) {
        return range.contains(new AddressRange(address, address));
    }

    private static String point(String source, String destination, String protocol, int port) {
        return source + " > " + destination + " " + protocol + " " + port;
    }
}
