package io.plimsoll.segmentation;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.blast.BlastRadius;
import io.plimsoll.segmentation.blast.Entries;
import io.plimsoll.segmentation.blast.HopGraph;
import io.plimsoll.segmentation.blast.SensitivePaths;
import io.plimsoll.segmentation.entry.WayIn;
import io.plimsoll.segmentation.entry.WaysIn;
import io.plimsoll.segmentation.idle.RuleFinding;
import io.plimsoll.segmentation.idle.RuleFindings;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.metrics.SegmentationMetrics;
import io.plimsoll.segmentation.picture.Picture;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Coverage;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicyProblem;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Vocabulary;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Difference;
import io.plimsoll.segmentation.reach.Differences;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Explanations;
import io.plimsoll.segmentation.reach.Exposures;
import io.plimsoll.segmentation.reach.Focus;
import io.plimsoll.segmentation.reach.Listing;
import io.plimsoll.segmentation.reach.Verdict;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach whom by the NetworkPolicies of one cluster, assuming a network plugin that enforces them. Exact per port and
 * address; a pair of pods is never stored. Same input, same answer in the same order. Immutable, any thread.
 */
public final class Reachability {

    private final PolicySet policies;
    private final Topology topology;
    private final ClassGraph graph;
    private final Listing listing;

    /** Asked once, by the first who needs it. */
    private final Supplier<List<WayIn>> findWaysIn;

    private volatile @Nullable List<WayIn> waysIn;

    Reachability(PolicySet policies, ClassGraph graph, Listing listing, Supplier<List<WayIn>> findWaysIn) {
        this.policies = policies;
        this.graph = graph;
        this.topology = graph.topology();
        this.listing = listing;
        this.findWaysIn = findWaysIn;
    }

    /** As {@link #of(ClusterState, List, ReachabilityOptions)} with the defaults. */
    public static Reachability of(ClusterState state, List<Workload> workloads) {
        return of(state, workloads, ReachabilityOptions.DEFAULTS);
    }

    /**
     * Analyses a cluster. What is wrong with a policy is a problem, never an exception.
     *
     * @param state holds the policies and the labels of the namespaces
     * @param workloads of the cluster, each identity once, in any order
     */
    public static Reachability of(ClusterState state, List<Workload> workloads, ReachabilityOptions options) {
        CompletableFuture<List<WayIn>> waysIn = CompletableFuture.supplyAsync(() -> WaysIn.of(state, workloads));
        PolicySet policies = PolicySet.of(state);
        MeshPolicies mesh = MeshPolicies.of(state, options.mesh());
        Vocabulary vocabulary = mesh.vocabulary(Vocabulary.of(policies));
        Topology topology = Topology.of(state, workloads, vocabulary, options.hostNetwork(), mesh);
        ClassGraph graph = ClassGraph.of(topology, policies, mesh);
        Listing listing = new Listing(graph, options.families());
        return new Reachability(policies, graph, listing, waysIn::join);
    }

    /**
     * Every pair of peers with something allowed or uncertain, made while the stream is read. Workloads come in the
     * order of identity, as source and then as destination, external destinations behind them; external sources come last.
     * Pods of one owner are one peer; self pairs are left out.
     */
    public Stream<Connection> connections() {
        return listing.connections();
    }

    /**
     * What Ingresses, Routes and Gateways bring to workloads, in the order of the workload. Where the workload that serves one is
     * recognised, policies are asked for its pods, else for a pod of which nothing is known.
     */
    public Stream<Connection> brought() {
        Map<ResourceId, Connection> brought = new TreeMap<>();
        waysIn().stream().filter(way -> way.door() == WayIn.Door.CONTROLLER).forEach(way -> {
            int to = place(way.workload());
            Endpoint from = new Endpoint.Controller();
            Connection here = way.controller()
                    .map(by -> listing.between(place(by), to).from(from))
                    .orElseGet(() -> listing.fromAnyone(to, from));
            brought.merge(way.workload(), here.on(way.ports()), Connection::or);
        });
        return brought.values().stream()
                .filter(connection ->
                        !connection.ports().isEmpty() || !connection.uncertain().isEmpty());
    }

    /**
     * How many parts {@link #part} has, so that a list of millions is read on from where a page of it ended: one for each workload as source,
     * one for each as destination of external addresses, one for what is {@link #brought}.
     */
    public int parts() {
        return 2 * topology.workloads().size() + 1;
    }

    /**
     * One part; all of them in their order are {@link #connections} and then {@link #brought}.
     *
     * @param part 0 to {@link #parts} exclusive
     */
    public Stream<Connection> part(int part) {
        int workloads = topology.workloads().size();
        if (part < 0 || part > 2 * workloads) {
            throw new IllegalArgumentException("no part " + part + " of " + parts());
        }
        return part == 2 * workloads
                ? brought()
                : part < workloads ? listing.from(part) : listing.outside(part - workloads, Direction.INGRESS);
    }

    /** The workload a part is about, as source or as destination; nothing for the last part. */
    public Optional<ResourceId> workloadOf(int part) {
        int workloads = topology.workloads().size();
        return part < 2 * workloads
                ? Optional.of(topology.workloads().get(part % workloads).id())
                : Optional.empty();
    }

    /** The objects that open ports of workloads to whoever comes from outside; policies still decide. */
    public List<WayIn> waysIn() {
        List<WayIn> known = waysIn;
        if (known == null) {
            synchronized (this) {
                known = waysIn;
                if (known == null) {
                    known = findWaysIn.get();
                    waysIn = known;
                }
            }
        }
        return known;
    }

    /** {@code src,dst,conn} and a line for each pair with something certainly allowed, what Ingresses and Routes bring in among them. */
    public Stream<String> csv() {
        return Stream.concat(
                Stream.of("src,dst,conn"),
                Stream.concat(connections(), brought())
                        .filter(connection -> !connection.ports().isEmpty())
                        .map(Connection::csv));
    }

    /**
     * What one workload may send to another, no port when nothing; of a workload to itself, what its pods may send each other.
     *
     * @throws IllegalArgumentException when either is not among the workloads analysed
     */
    public Connection between(ResourceId source, ResourceId destination) {
        return listing.between(place(source), place(destination));
    }

    /**
     * Why one workload may or may not send to another, port by port.
     *
     * @throws IllegalArgumentException when either is not among the workloads analysed
     */
    public Explanation explain(ResourceId source, ResourceId destination) {
        return explanations().between(place(source), place(destination));
    }

    /**
     * Why one workload may or may not exchange traffic with external addresses: one answer for each part of the range that
     * policies tell apart, ascending.
     *
     * @throws IllegalArgumentException when the workload is not among those analysed
     */
    public List<Explanation> explain(ResourceId workload, Direction direction, AddressRange addresses) {
        Explanations explanations = explanations();
        List<Explanation> parts = new ArrayList<>();
        for (int range = 0; range < topology.ranges().size(); range++) {
            if (topology.ranges().get(range).overlaps(addresses)) {
                parts.add(explanations.outside(place(workload), direction, range));
            }
        }
        return List.copyOf(parts);
    }

    /** Why each pair of peers may or may not connect, pairs of which nothing is allowed among them; made while it is read. */
    public Stream<Explanation> explanations(Focus focus) {
        Explanations explanations = explanations();
        Map<Integer, List<WayIn>> byWorkload = new TreeMap<>();
        waysIn().stream()
                .filter(way -> way.door() == WayIn.Door.CONTROLLER)
                .forEach(way -> byWorkload
                        .computeIfAbsent(place(way.workload()), unused -> new ArrayList<>())
                        .add(way));
        return Stream.concat(
                        explanations.all(),
                        byWorkload.entrySet().stream()
                                .map(entry -> explanations.brought(entry.getKey(), entry.getValue(), this::place)))
                .filter(explanation -> focus.asksFor(explanation.source(), explanation.destination()));
    }

    /** Why ingress controllers may or may not reach a workload; nothing where no way leads there. */
    public Optional<Explanation> explainBrought(ResourceId workload) {
        int to = place(workload);
        List<WayIn> ways = waysIn().stream()
                .filter(way ->
                        way.door() == WayIn.Door.CONTROLLER && way.workload().equals(workload))
                .toList();
        return ways.isEmpty() ? Optional.empty() : Optional.of(explanations().brought(to, ways, this::place));
    }

    private Explanations explanations() {
        return new Explanations(graph, listing, policies);
    }

    /** What became of connections in a later state, what Ingresses and Routes bring in among them. */
    public List<Difference> differencesTo(Reachability later) {
        return Differences.between(
                Stream.concat(connections(), brought()).toList(),
                Stream.concat(later.connections(), later.brought()).toList(),
                Differences.workloads(topology.workloads()),
                Differences.workloads(later.topology.workloads()));
    }

    /** How well the cluster is segmented; measured anew each time. */
    public SegmentationMetrics metrics() {
        return SegmentationMetrics.of(graph, policies);
    }

    /**
     * Who is reached from whom over one hop and over many; made anew each time.
     *
     * @throws IllegalArgumentException when policies tell apart more than {@link HopGraph#KINDS_MAX} kinds of workloads
     */
    public BlastRadius blastRadius() {
        return new BlastRadius(new HopGraph(graph));
    }

    /**
     * The ways from the Internet into the cluster and on; made anew each time.
     *
     * @param internalToo whether internal load balancers, node ports and host ports count as ways from the Internet
     * @throws IllegalArgumentException when policies tell apart more than {@link HopGraph#KINDS_MAX} kinds of workloads
     */
    public SensitivePaths pathsFromInternet(boolean internalToo) {
        return new SensitivePaths(new HopGraph(graph), Entries.of(graph, listing, waysIn(), internalToo));
    }

    /** The workloads analysed, in the order of identity. */
    public List<Workload> workloads() {
        return topology.workloads();
    }

    /** Policies, rules and peers of rules that decide nothing here; made anew each time. */
    public List<RuleFinding> ruleFindings() {
        return RuleFindings.of(graph, policies);
    }

    /** To whom workloads are exposed beyond the pods of the input; made anew each time. */
    public Exposures exposures() {
        return Exposures.of(topology, policies, listing);
    }

    /**
     * Boxes and arrows for people.
     *
     * @param seen the workloads that count
     */
    public Picture picture(Predicate<ResourceId> seen) {
        return Picture.of(graph, listing.families(), brought(), seen);
    }

    /** A name outside that a mesh's registry holds, and what a workload may send there. */
    public record NameReach(ResourceId workload, String name, PortSet ports, PortSet uncertain) {}

    /**
     * What workloads may send to names outside that the registry of a mesh holds (ServiceEntry), by workload and name: TCP as
     * far as policies let it go to any address, as nobody says which addresses a name has.
     */
    public Stream<NameReach> names() {
        return IntStream.range(0, topology.workloads().size()).boxed().flatMap(w -> namesOf(w).stream());
    }

    private List<NameReach> namesOf(int workload) {
        Map<String, Verdict> byName = new TreeMap<>();
        for (int c : topology.classesOf().get(workload)) {
            PodClass pod = topology.classes().get(c);
            Verdict somewhere = graph.toNames(c);
            graph.mesh()
                    .names(pod.namespace(), pod.labels())
                    .forEach(name -> byName.merge(name, somewhere, Verdict::or));
        }
        List<NameReach> reached = new ArrayList<>();
        byName.forEach((name, verdict) -> {
            if (!verdict.possible().isEmpty()) {
                reached.add(new NameReach(
                        topology.workloads().get(workload).id(), name, verdict.allowed(), verdict.uncertain()));
            }
        });
        return reached;
    }

    /** Whether a workload is among those analysed. */
    public boolean has(ResourceId workload) {
        return topology.place(workload) >= 0;
    }

    private int place(ResourceId workload) {
        int place = topology.place(workload);
        if (place < 0) {
            throw new IllegalArgumentException("not among the workloads analysed: " + workload);
        }
        return place;
    }

    /** What is wrong with policies, and where pods of one owner are not the same to them; in the order of identity. */
    public List<PolicyProblem> problems() {
        return PolicyReview.of(policies, topology, graph.mesh()).problems();
    }

    /** How much of what was found is analysed. */
    public Coverage coverage() {
        return Coverage.of(policies).with(graph.mesh().size());
    }

    /** How many classes of pods the policies tell apart: the size of the problem, where pods are only its weight. */
    public int classes() {
        return topology.classes().size();
    }

    /**
     * The workloads with pods of a class, in the order of identity.
     *
     * @param number 0 to {@link #classes} exclusive
     */
    public List<ResourceId> members(int number) {
        if (number < 0 || number >= classes()) {
            throw new IllegalArgumentException("no class " + number + " of " + classes());
        }
        List<ResourceId> members = new ArrayList<>();
        for (int w = 0; w < topology.workloads().size(); w++) {
            if (topology.classesOf().get(w).contains(number)) {
                members.add(topology.workloads().get(w).id());
            }
        }
        return members;
    }
}
