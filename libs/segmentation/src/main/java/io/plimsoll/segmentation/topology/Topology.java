package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.PolicyProblem;
import io.plimsoll.segmentation.policy.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is there, as coarsely as the policies allow. Peers are numbered: classes from 0, behind them the elementary ranges, then strangers.
 *
 * @param classes grouped by namespace
 * @param blocks the runs of classes in the order of namespaces, each in one run, or in one per possible set of its labels
 * @param workloads in the order of their identity
 * @param strangers pods that are not there, as peers only
 * @param classesOf for each workload the indices of its classes, ascending; empty for one whose pods all ended
 */
public record Topology(
        List<PodClass> classes,
        List<NamespaceBlock> blocks,
        List<Workload> workloads,
        List<List<Integer>> classesOf,
        ExternalRanges ranges,
        List<Stranger> strangers) {

    public Topology {
        classes = classes instanceof Joined ? classes : List.copyOf(classes);
        blocks = List.copyOf(blocks);
        workloads = workloads instanceof Joined ? workloads : List.copyOf(workloads);
        classesOf = classesOf instanceof ClassesOfWorkloads ? classesOf : List.copyOf(classesOf);
        strangers = List.copyOf(strangers);
    }

    /** Sorts the pods of a cluster without a mesh into classes. */
    public static Topology of(
            ClusterState state, List<Workload> workloads, Vocabulary vocabulary, HostNetwork hostNetwork) {
        return of(state, workloads, vocabulary, hostNetwork, MeshPolicies.NONE);
    }

    /** Sorts the pods of a cluster into classes. */
    public static Topology of(
            ClusterState state,
            List<Workload> workloads,
            Vocabulary vocabulary,
            HostNetwork hostNetwork,
            MeshPolicies mesh) {
        return Population.of(workloads, NamespaceLabels.of(state), vocabulary, hostNetwork, mesh)
                .topology();
    }

    /** A word for each workload whose pods have labels of which policies select some and not others. */
    public List<PolicyProblem> differingPods() {
        List<PolicyProblem> problems = new ArrayList<>();
        for (int w = 0; w < workloads.size(); w++) {
            boolean differ = classesOf.get(w).stream()
                            .map(c -> classes.get(c).labels())
                            .distinct()
                            .count()
                    > 1;
            if (differ) {
                problems.add(new PolicyProblem(
                        workloads.get(w).id(),
                        "metadata.labels",
                        "its pods differ in labels that policies select by: what any of them may is listed",
                        workloads.get(w).source()));
            }
        }
        return problems;
    }

    /** The place of a workload among {@link #workloads}; less than 0 for one that is not there. */
    public int place(ResourceId workload) {
        return ResourceId.search(
                0, workloads.size(), place -> workloads.get(place).id(), workload);
    }

    /** Looks classes up by label; made anew each time. */
    public ClassIndex index() {
        return new ClassIndex(this);
    }

    /** The same pods, with other strangers as peers. */
    public Topology with(List<Stranger> others) {
        return new Topology(classes, blocks, workloads, classesOf, ranges, others);
    }

    /** How many peers there are: classes, external ranges and strangers. */
    public int peers() {
        return classes.size() + ranges.size() + strangers.size();
    }

    /** The number of a stranger as a peer. */
    public int peerOfStranger(int stranger) {
        return classes.size() + ranges.size() + stranger;
    }

    /** The number of an external range as a peer. */
    public int peerOfRange(int range) {
        return classes.size() + range;
    }
}
