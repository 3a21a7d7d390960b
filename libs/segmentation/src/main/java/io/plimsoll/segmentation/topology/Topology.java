package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.PolicyProblem;
import io.plimsoll.segmentation.policy.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who is there, as coarsely as the policies allow. Peers are numbered: classes from 0, behind them the elementary ranges, then strangers.
 *
 * @param classes grouped by namespace
 * @param blocks the runs of classes, each namespace in one run, or in one per possible set of its labels
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

    /** Where there are fewer workloads, a second thread is not worth its start. */
    private static final int PARALLEL_MIN = 500;

    public Topology {
        classes = List.copyOf(classes);
        blocks = List.copyOf(blocks);
        workloads = List.copyOf(workloads);
        classesOf = List.copyOf(classesOf);
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
        List<Workload> sorted = workloads.stream().sorted().toList();
        NamespaceLabels labels = NamespaceLabels.of(state);
        ExternalRanges ranges = ExternalRanges.of(vocabulary.ranges());
        PodClassifier classifier = new PodClassifier(vocabulary, hostNetwork, ranges, mesh);
        Stream<Workload> each = sorted.size() < PARALLEL_MIN ? sorted.stream() : sorted.parallelStream();
        List<Set<PodClass>> found =
                each.map(workload -> classes(workload, classifier, labels)).toList();
        Map<PodClass, List<Integer>> members = new LinkedHashMap<>();
        for (int w = 0; w < found.size(); w++) {
            for (PodClass one : found.get(w)) {
                members.computeIfAbsent(one, unused -> new ArrayList<>()).add(w);
            }
        }
        return numbered(members, sorted, ranges);
    }

    /**
     * The classes of a workload. Where pods of a template run, their addresses are known: the template, which has none, says nothing
     * besides. A pod that has no address yet may get any.
     */
    private static Set<PodClass> classes(Workload workload, PodClassifier classifier, NamespaceLabels labels) {
        Set<PodClass> templates = new LinkedHashSet<>();
        Set<PodClass> mine = new LinkedHashSet<>();
        for (PodTemplate template : Pods.alive(workload)) {
            boolean pod = template.resource().kind().equals("Pod");
            for (Map<String, String> namespaceLabels : labels.of(workload.namespace())) {
                (pod ? mine : templates).addAll(classifier.classesOf(template, workload.namespace(), namespaceLabels));
            }
        }
        for (PodClass each : List.copyOf(mine)) {
            if (each.location().isPresent()) {
                templates.remove(each.unlocated());
            }
        }
        mine.addAll(templates);
        return mine;
    }

    /** Gives each class its number, namespace by namespace, whatever order the workloads came in. */
    private static Topology numbered(
            Map<PodClass, List<Integer>> members, List<Workload> workloads, ExternalRanges ranges) {
        Map<String, Map<Map<String, String>, List<PodClass>>> byNamespace = new TreeMap<>();
        for (PodClass each : members.keySet()) {
            byNamespace
                    .computeIfAbsent(each.namespace(), unused -> new LinkedHashMap<>())
                    .computeIfAbsent(each.namespaceLabels(), unused -> new ArrayList<>())
                    .add(each);
        }
        List<PodClass> classes = new ArrayList<>(members.size());
        List<NamespaceBlock> blocks = new ArrayList<>();
        byNamespace.forEach((namespace, byLabels) -> byLabels.forEach((labels, run) -> {
            blocks.add(new NamespaceBlock(namespace, labels, classes.size(), classes.size() + run.size()));
            classes.addAll(run);
        }));
        List<List<Integer>> classesOf = new ArrayList<>();
        workloads.forEach(workload -> classesOf.add(new ArrayList<>()));
        for (int c = 0; c < classes.size(); c++) {
            for (int w : members.getOrDefault(classes.get(c), List.of())) {
                List<Integer> mine = classesOf.get(w);
                if (mine.isEmpty() || mine.getLast() != c) {
                    mine.add(c);
                }
            }
        }
        return new Topology(classes, blocks, workloads, classesOf, ranges, List.of(Stranger.ANYONE));
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
