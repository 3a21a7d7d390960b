package io.plimsoll.segmentation.naive;

import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.naive.SpecEvaluator.End;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A cluster's connections at chosen ports and addresses, one text each: {@code one/w0[Pod] > 10.0.0.0 UDP 53}. */
final class Points {

    /** At and beside every port a random cluster can name. */
    private static final int[] PORTS = {1, 52, 53, 54, 79, 80, 81, 442, 443, 444, 8079, 8080, 8081, 8082, 65_535};

    private Points() {}

    /** What the engine lists. */
    static Set<String> listed(RandomCluster cluster) {
        var state = cluster.state();
        Set<String> points = new TreeSet<>();
        Reachability.of(state, Workloads.of(state)).connections().forEach(connection -> {
            for (String source : samples(connection.source())) {
                for (String destination : samples(connection.destination())) {
                    for (Protocol protocol : Protocol.values()) {
                        for (int port : PORTS) {
                            if (connection.ports().contains(protocol, port)) {
                                points.add(point(source, destination, protocol.name(), port));
                            }
                        }
                    }
                }
            }
        });
        return points;
    }

    /** What the specification says. */
    static Set<String> specified(RandomCluster cluster) {
        SpecEvaluator evaluator = new SpecEvaluator(cluster.objects());
        List<End> pods = evaluator.pods();
        List<End> ends = new ArrayList<>(pods);
        RandomCluster.ADDRESSES.forEach(address -> ends.add(End.outside(address)));
        Set<String> points = new TreeSet<>();
        for (End source : ends) {
            for (End destination : ends) {
                if (source.isPod() || destination.isPod()) {
                    add(evaluator, source, destination, points);
                }
            }
        }
        return points;
    }

    private static void add(SpecEvaluator evaluator, End source, End destination, Set<String> points) {
        String from = source.isPod() ? source.workload() : source.address();
        String to = destination.isPod() ? destination.workload() : destination.address();
        if (from.equals(to)) {
            return;
        }
        for (Protocol protocol : Protocol.values()) {
            for (int port : PORTS) {
                if (evaluator.allows(source, destination, protocol.name(), port)) {
                    points.add(point(from, to, protocol.name(), port));
                }
            }
        }
    }

    private static List<String> samples(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.OfWorkload workload -> List.of(workload.toString());
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
