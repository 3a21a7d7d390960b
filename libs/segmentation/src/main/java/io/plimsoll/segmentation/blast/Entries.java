package io.plimsoll.segmentation.blast;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.entry.WayIn;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.reach.Listing;
import io.plimsoll.segmentation.reach.Verdict;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where traffic from the Internet comes in, as far as the policies of the pods it comes to let it. */
public final class Entries {

    /** Addresses that are not the Internet's: RFC 1918, 6598, 1122, 3927, 5771, 4193, 4291. */
    private static final List<AddressRange> PRIVATE = Stream.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "224.0.0.0/3",
                    "fc00::/7",
                    "fe80::/10",
                    "ff00::/8",
                    "::/127")
            .map(AddressRange::ofCidr)
            .flatMap(Optional::stream)
            .toList();

    /**
     * A way in that leads somewhere.
     *
     * @param workload its place in the topology
     * @param ports on which something certainly comes in
     * @param uncertain further ports on which it may
     */
    public record Entry(WayIn way, int workload, PortSet ports, PortSet uncertain) {}

    private Entries() {}

    /**
     * The ways in through which something may come, in the order given.
     *
     * @param internalToo whether internal load balancers, node ports and host ports count
     */
    public static List<Entry> of(ClassGraph graph, Listing listing, List<WayIn> ways, boolean internalToo) {
        Topology topology = graph.topology();
        Map<ResourceId, Integer> places = new TreeMap<>();
        for (int w = 0; w < topology.workloads().size(); w++) {
            places.put(topology.workloads().get(w).id(), w);
        }
        List<Entry> entries = new ArrayList<>();
        for (WayIn way : ways) {
            Integer workload = places.get(way.workload());
            if (workload == null || way.internal() && !internalToo) {
                continue;
            }
            Verdict verdict = verdict(graph, listing, way, workload, places);
            PortSet ports = verdict.allowed().intersect(way.ports());
            PortSet uncertain = verdict.uncertain().intersect(way.ports());
            if (!ports.isEmpty() || !uncertain.isEmpty()) {
                entries.add(new Entry(way, workload, ports, uncertain));
            }
        }
        return entries;
    }

    private static Verdict verdict(
            ClassGraph graph, Listing listing, WayIn way, int workload, Map<ResourceId, Integer> places) {
        if (way.door() != WayIn.Door.CONTROLLER) {
            return fromAddresses(graph, workload, way.sourceHidden());
        }
        Endpoint controller = new Endpoint.Controller();
        Integer by = way.controller().map(places::get).orElse(null);
        Connection here = by == null
                ? listing.fromAnyone(workload, controller)
                : listing.between(by, workload).from(controller);
        return new Verdict(here.ports(), here.ports().union(here.uncertain()));
    }

    /**
     * From addresses of the Internet; where pods see a node's address instead of the sender's, only what every address may is certain.
     */
    private static Verdict fromAddresses(ClassGraph graph, int workload, boolean hidden) {
        Topology topology = graph.topology();
        Verdict any = Verdict.CLOSED;
        PortSet every = PortSet.ALL;
        for (int range = 0; range < topology.ranges().size(); range++) {
            Verdict here = Verdict.CLOSED;
            for (int c : topology.classesOf().get(workload)) {
                here = here.or(graph.fromRange(range, c));
            }
            every = every.intersect(here.allowed());
            if (hidden || !topology.ranges().get(range).without(PRIVATE).isEmpty()) {
                any = any.or(here);
            }
        }
        return hidden ? new Verdict(every, any.possible()) : any;
    }
}
