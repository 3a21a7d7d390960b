package io.plimsoll.assessment.cluster;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.image.ScannerReports;
import io.plimsoll.audit.estate.Delivery;
import io.plimsoll.audit.estate.EstateControls;
import io.plimsoll.audit.estate.GuardrailDepth;
import io.plimsoll.audit.guardrail.PolicyObject;
import io.plimsoll.audit.workload.WorkloadControls;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.maturity.adoption.Adoption;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.segmentation.PolicyReview;
import io.plimsoll.segmentation.SegmentationControls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The engines, asked of one cluster. The command line asks for the whole {@link #part}; a service asks for its share: inventory for
 * subjects and facts, each analyser for its own evidence. Immutable, any thread.
 */
public final class ClusterAnalysis {

    private static final Set<String> DELIVERY_GROUPS = Set.of("argoproj.io", "tekton.dev", "triggers.tekton.dev");

    private final AddOnCatalogue catalogue;
    private final GuardrailDepth numerous;
    private final GuardrailDepth deep;

    public ClusterAnalysis(StageModel model, AddOnCatalogue catalogue) {
        this.catalogue = catalogue;
        this.numerous = depth(model, "guardrails-numerous");
        this.deep = depth(model, "guardrails-deep");
    }

    /** How deep a model asks guardrails to be; a model that says nothing of it asks for one. */
    private static GuardrailDepth depth(StageModel model, String control) {
        StageModel.Depth depth = model.depths().get(control);
        return depth == null ? new GuardrailDepth(1, 1) : new GuardrailDepth(depth.intents(), depth.families());
    }

    public ClusterPart part(ClusterState state, ClusterContext declared) {
        Inventory inventory = inventory(state, declared);
        List<Evidence> evidence = new ArrayList<>(auditEvidence(inventory));
        evidence.addAll(segmentationEvidence(inventory));
        evidence.addAll(imageEvidence(inventory));
        return new ClusterPart(facts(inventory, coverage(inventory)), inventory.subjects(), evidence);
    }

    /** What the engines could not see in the cluster or did not analyse; what reading it told comes on top. */
    public List<Coverage> coverage(Inventory inventory) {
        List<Coverage> coverage = new ArrayList<>(notRendered(inventory.state()));
        coverage.addAll(segmentationCoverage(inventory));
        PlatformBaseline.of(inventory).forEach(part -> part.exemption().ifPresent(coverage::add));
        return coverage;
    }

    /** The cluster's resources joined. A workload below the baseline is no platform part by its neighbourhood (stage-gates 3). */
    public Inventory inventory(ClusterState state, ClusterContext declared) {
        return inventory(state, declared, Memory.NONE);
    }

    /** @param memory of this cluster and this analysis */
    public Inventory inventory(ClusterState state, ClusterContext declared, Memory memory) {
        return Inventory.of(state, catalogue, ClusterAnalysis::belowBaseline, declared, memory);
    }

    public List<Evidence> auditEvidence(Inventory inventory) {
        return auditEvidence(inventory, Memory.NONE);
    }

    /**
     * The same evidence in the same order, with what was answered before: what joins a workload with nothing else is answered again only when the
     * workload is another, a namespace's rules only when something in it or a rule is.
     *
     * @param memory the inventory was made with
     */
    public List<Evidence> auditEvidence(Inventory inventory, Memory memory) {
        List<Evidence> evidence =
                new ArrayList<>(EstateControls.evidence(inventory, catalogue, numerous, deep, memory));
        evidence.addAll(
                memory.of("all-workloads", "", () -> workloadEvidence(inventory, memory), inventory.workloads()));
        return evidence;
    }

    private static List<Evidence> workloadEvidence(Inventory inventory, Memory memory) {
        List<Evidence> evidence = new ArrayList<>();
        for (InventoriedWorkload each : inventory.workloads()) {
            Workload workload = each.workload();
            evidence.addAll(
                    memory.of("workload-controls", workload.id(), () -> WorkloadControls.evidence(workload), workload));
        }
        for (InventoriedWorkload each : inventory.workloads()) {
            if (each.tier() == Tier.PLATFORM) {
                evidence.add(memory.of(
                        "platform-baseline",
                        each.workload().id(),
                        () -> PlatformBaseline.of(each).evidence(),
                        each));
            }
        }
        return NotSeen.of(inventory.state()).judged(evidence);
    }

    public List<Evidence> segmentationEvidence(Inventory inventory) {
        return NotSeen.of(inventory.state())
                .judged(SegmentationControls.evidence(
                        inventory.state(),
                        workloads(inventory),
                        inventory.namespaces().keySet()));
    }

    /** What other scanners left in the cluster about its images; what is dated in it is judged by the join. */
    public List<Evidence> imageEvidence(Inventory inventory) {
        return ScannerReports.evidence(inventory);
    }

    /** @param coverage what is to be said of the cluster besides */
    public ClusterFacts facts(Inventory inventory, List<Coverage> coverage) {
        return facts(
                inventory,
                coverage,
                resource -> resource.declared().stream()
                        .map(declared -> Canonical.digest(declared.body()))
                        .toList());
    }

    /**
     * As {@link #facts(Inventory, List)}, for who has digested the objects already.
     *
     * @param digests {@link Canonical#digest} of each of a resource's declared bodies, in their order
     */
    public ClusterFacts facts(Inventory inventory, List<Coverage> coverage, Function<Resource, List<String>> digests) {
        ClusterState state = inventory.state();
        TreeSet<String> addOns = new TreeSet<>();
        inventory
                .workloads()
                .forEach(workload -> workload.addOns().stream().map(AddOn::id).forEach(addOns::add));
        Set<String> quotas = new HashSet<>();
        state.all("ResourceQuota", "").forEach(quota -> quotas.add(quota.namespace()));
        // A file says what is meant to be; who has rights in a cluster, and what it runs on, only the cluster itself
        // shows.
        boolean live = state.mode() == ClusterMode.LIVE;
        People people = live ? People.of(state) : People.NOBODY;
        Set<String> applicationNamespaces = inventory.applicationNamespaces();
        List<NamespaceUse> namespaces = inventory.namespaces().values().stream()
                .map(each -> new NamespaceUse(
                        each.name(),
                        applicationNamespaces.contains(each.name()),
                        each.owner(),
                        each.lifecycle(),
                        quotas.contains(each.name()),
                        people.in(each.name()),
                        each.source()))
                .toList();
        return new ClusterFacts(
                state.name(),
                state.mode(),
                digest(state, digests),
                state.all("Node", "").size(),
                addOns,
                (int) state.resources().stream()
                                .filter(ClusterAnalysis::delivers)
                                .count()
                        + PullSecrets.of(state).size(),
                namespaces,
                Delivery.of(state),
                PolicyObject.all(state),
                live ? circumstances(state, people) : Circumstances.NONE,
                coverage);
    }

    private static Circumstances circumstances(ClusterState state, People people) {
        TreeSet<String> unseen = new TreeSet<>(NotSeen.of(state).kinds());
        unseen.retainAll(Adoption.TELLING);
        return new Circumstances(LocalCluster.of(state), people.everywhere(), unseen);
    }

    private static boolean belowBaseline(Workload workload) {
        return WorkloadControls.evidence(workload).stream()
                .anyMatch(e -> e.control().equals("pod-security-baseline") && e.state() == EvidenceState.FAIL);
    }

    private static boolean delivers(Resource resource) {
        return DELIVERY_GROUPS.contains(resource.group()) && !resource.kind().equals("AppProject")
                || resource.group().endsWith("toolkit.fluxcd.io");
    }

    private static List<Workload> workloads(Inventory inventory) {
        return inventory.workloads().stream().map(InventoriedWorkload::workload).toList();
    }

    /** What renders objects elsewhere: their workloads are not in the input. */
    public static List<Coverage> notRendered(ClusterState state) {
        List<Coverage> coverage = new ArrayList<>();
        for (Resource resource : state.resources()) {
            boolean rendersElsewhere = resource.is("Kustomization")
                    || resource.is("HelmRelease", "helm.toolkit.fluxcd.io")
                    || resource.is("ApplicationSet", "argoproj.io");
            if (rendersElsewhere) {
                coverage.add(new Coverage(
                        "not-rendered",
                        resource.id() + " names objects that are not in the input: not rendered, not assessed",
                        resource.source()));
            }
        }
        return coverage;
    }

    private static List<Coverage> segmentationCoverage(Inventory inventory) {
        PolicyReview review = PolicyReview.of(inventory.state(), workloads(inventory));
        List<Coverage> coverage = new ArrayList<>();
        review.coverage()
                .partial()
                .forEach((dialect, count) -> coverage.add(new Coverage(
                        "not-analysed",
                        count + " x " + dialect + " in cluster " + inventory.cluster()
                                + ": found, not analysed; verdicts it could change are partial",
                        Source.NONE)));
        review.problems()
                .forEach(problem -> coverage.add(new Coverage(
                        "policy-problem",
                        problem.policy() + " " + problem.path() + ": " + problem.message(),
                        problem.source())));
        return coverage;
    }

    private static String digest(ClusterState state, Function<Resource, List<String>> digests) {
        StringBuilder all = new StringBuilder(state.name())
                .append('\n')
                .append(state.mode())
                .append('\n');
        for (Resource resource : state.resources()) {
            // Whatever is declared under an identity has that identity.
            digests.apply(resource)
                    .forEach(digest ->
                            all.append(resource.id()).append(' ').append(digest).append('\n'));
        }
        return Canonical.sha256(all.toString());
    }
}
