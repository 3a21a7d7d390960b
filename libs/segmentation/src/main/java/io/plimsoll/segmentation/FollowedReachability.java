package io.plimsoll.segmentation;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.entry.WaysIn;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Vocabulary;
import io.plimsoll.segmentation.reach.FollowedGraph;
import io.plimsoll.segmentation.reach.Listing;
import io.plimsoll.segmentation.topology.FollowedPeers;
import io.plimsoll.segmentation.topology.NamespaceLabels;
import io.plimsoll.segmentation.topology.PeerUnit;
import io.plimsoll.segmentation.topology.Population;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who may reach whom in one cluster while it changes: each change costs what it concerns, not the whole. What is handed out after a change is
 * immutable, and answers as {@link Reachability#of} does for the same objects. One thread at a time may call it; whoever holds an answer of an
 * earlier state keeps it. After an exception it is of no more use.
 *
 * <p>It begins from nothing now and then: where a policy of a mesh changed, where the first pod on a node's network came of which the
 * address is not known, and where changes have left so much behind that it is as well ({@link #begunAnew}).
 */
public final class FollowedReachability {

    private final String cluster;
    private final ClusterMode mode;
    private final ReachabilityOptions options;
    private final FollowedPeers peers;

    private ObjectsInOrder objects;

    private PolicySet policies;
    private MeshPolicies mesh;

    /** What policies tell apart, those of the mesh left out. */
    private Vocabulary words;

    private Population population;
    private FollowedGraph graph;
    private Reachability now;
    private int begunAnew;

    /**
     * @param state the cluster as it is first seen
     * @param unit which pods are one peer
     */
    public FollowedReachability(ClusterState state, PeerUnit unit, ReachabilityOptions options) {
        this.cluster = state.name();
        this.mode = state.mode();
        this.options = options;
        this.peers = new FollowedPeers(state, unit);
        this.objects = ObjectsInOrder.of(state.resources());
        this.policies = PolicySet.of(state);
        this.mesh = MeshPolicies.of(state, options.mesh());
        this.words = Vocabulary.of(policies);
        this.population = population(state);
        this.graph = FollowedGraph.of(population.topology(), policies, mesh);
        this.now = reachability();
    }

    private Population population(ClusterState state) {
        return Population.of(
                peers.all(), NamespaceLabels.of(state), mesh.vocabulary(words), options.hostNetwork(), mesh);
    }

    private Reachability reachability() {
        ObjectsInOrder seen = objects;
        List<Workload> workloads = population.topology().workloads();
        return new Reachability(
                policies,
                graph.graph(),
                new Listing(graph.graph(), options.families()),
                () -> WaysIn.of(state(seen), workloads));
    }

    private ClusterState state(ObjectsInOrder seen) {
        return ClusterState.ofSorted(cluster, mode, seen.list());
    }

    /** As it stands. */
    public Reachability now() {
        return now;
    }

    /** How often it was made from nothing again, for whatever reason. */
    public int begunAnew() {
        return begunAnew;
    }

    /**
     * Takes changes in, all of them at once; of an object that is named more than once the last counts.
     *
     * @return as it stands after them
     */
    public Reachability after(Collection<ResourceChange> changes) {
        NavigableMap<ResourceId, ResourceChange> last = new TreeMap<>();
        changes.forEach(change -> last.put(change.id(), change));
        objects = objects.after(last);
        Map<String, List<Workload>> changed = peers.after(last.values());
        boolean follows = last.keySet().stream().noneMatch(this::concernsMesh);
        PolicySet laterPolicies = policies.after(last.values());
        Optional<FollowedGraph> next = Optional.empty();
        if (follows) {
            Vocabulary laterWords = Vocabulary.of(laterPolicies, policies, words);
            Population later =
                    population.after(changed, population.labels().after(last.values()), mesh.vocabulary(laterWords));
            next = graph.after(population, later, laterPolicies);
            population = later;
            words = laterWords;
        }
        policies = laterPolicies;
        if (next.isEmpty()) {
            begunAnew++;
            ClusterState state = state(objects);
            mesh = MeshPolicies.of(state, options.mesh());
            words = Vocabulary.of(policies);
            population = population(state);
            next = Optional.of(FollowedGraph.of(population.topology(), policies, mesh));
        }
        graph = next.get();
        now = reachability();
        return now;
    }

    /**
     * What became of objects until another state of the cluster; an object that is not the very one counts as another.
     *
     * @param state with each identity once, as states have it
     */
    public List<ResourceChange> changesTo(ClusterState state) {
        return objects.changesTo(state.resources());
    }

    /** A mesh's policies are read together, and with Services where some of them speak of those. */
    private boolean concernsMesh(ResourceId id) {
        return id.group().equals("security.istio.io")
                || id.group().equals("networking.istio.io")
                || id.kind().equals("ConfigMap") && id.name().equals("istio")
                || id.kind().equals("Service") && !mesh.isEmpty();
    }
}
