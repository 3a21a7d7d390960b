package io.plimsoll.assessment;

import io.plimsoll.assessment.declaration.Declared;
import io.plimsoll.assessment.declaration.DeclaredEvidence;
import io.plimsoll.assessment.declaration.Settling;
import io.plimsoll.audit.estate.EstateControls;
import io.plimsoll.audit.estate.GuardrailDepth;
import io.plimsoll.audit.estate.PolicyParity;
import io.plimsoll.audit.workload.WorkloadControls;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.maturity.adoption.Adoption;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.gate.Gates;
import io.plimsoll.maturity.gate.Standing;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.maturity.tally.Tallies;
import io.plimsoll.maturity.tally.Tally;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.SegmentationControls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From cluster states to stages and findings. Pure: same input, same answer. */
public final class Assessment {

    private final StageModel model;
    private final AddOnCatalogue catalogue;

    public Assessment(StageModel model, AddOnCatalogue catalogue) {
        this.model = model;
        this.catalogue = catalogue;
    }

    /** Without declarations. */
    public AssessmentResult assess(List<ClusterState> clusters, @Nullable Instant asOf, List<Coverage> coverage) {
        return assess(clusters, Declarations.NONE, asOf, coverage);
    }

    /**
     * @param declarations what people say; see {@link Settling} for what it may settle
     * @param asOf the time that expiries are compared with; null: what depends on time stays unknown
     * @param coverage what reading the input already told
     */
    public AssessmentResult assess(
            List<ClusterState> clusters, Declarations declarations, @Nullable Instant asOf, List<Coverage> coverage) {
        List<ClusterState> states = clusters.stream()
                .sorted(java.util.Comparator.comparing(ClusterState::name))
                .toList();
        Map<SubjectId, List<Evidence>> byWorkload = new HashMap<>();
        List<Inventory> estate = new ArrayList<>();
        for (ClusterState state : states) {
            estate.add(Inventory.of(
                    state, catalogue, workload -> belowBaseline(workload, byWorkload), declarations.of(state.name())));
        }
        List<Evidence> evidence = new ArrayList<>(
                EstateControls.evidence(estate, catalogue, depth("guardrails-numerous"), depth("guardrails-deep")));
        List<Subject> subjects = new ArrayList<>();
        subjects.add(Subject.ofEstate(SubjectId.organisation(), Set.of(), Source.NONE));
        subjects.addAll(PolicyParity.subjects(estate));
        for (Inventory inventory : estate) {
            subjects.addAll(inventory.subjects());
            List<Workload> workloads = inventory.workloads().stream()
                    .map(InventoriedWorkload::workload)
                    .toList();
            for (Workload workload : workloads) {
                evidence.addAll(
                        byWorkload.computeIfAbsent(workload.subjectId(), id -> WorkloadControls.evidence(workload)));
            }
            evidence.addAll(SegmentationControls.evidence(
                    inventory.state(), workloads, inventory.namespaces().keySet()));
        }
        evidence.addAll(DeclaredEvidence.evidence(declarations, estate, asOf));
        Declared declared = Settling.apply(model, controls(), subjects, evidence, declarations, asOf);
        List<Coverage> seen = new ArrayList<>(coverage);
        seen.addAll(notRendered(states));
        estate.forEach(inventory -> seen.addAll(segmentationCoverage(inventory)));
        seen.addAll(declared.coverage());
        List<ScopeAssessment> scopes = scopes(subjects, new Facts(estate, declarations, asOf), declared);
        seen.addAll(Unseen.of(scopes));
        return new AssessmentResult(
                model, snapshot(states, declarations), asOf, scopes, seen, findings(declared.evidence(), subjects));
    }

    /** All controls an engine here answers, by id. */
    public static Map<String, Control> controls() {
        Map<String, Control> controls = new HashMap<>();
        WorkloadControls.all().forEach(control -> controls.put(control.id(), control));
        EstateControls.all().forEach(control -> controls.put(control.id(), control));
        SegmentationControls.all().forEach(control -> controls.put(control.id(), control));
        DeclaredEvidence.all().forEach(control -> controls.put(control.id(), control));
        return controls;
    }

    private static boolean belowBaseline(Workload workload, Map<SubjectId, List<Evidence>> byWorkload) {
        List<Evidence> answers =
                byWorkload.computeIfAbsent(workload.subjectId(), id -> WorkloadControls.evidence(workload));
        return answers.stream()
                .anyMatch(e -> e.control().equals("pod-security-baseline") && e.state() == EvidenceState.FAIL);
    }

    private List<ScopeAssessment> scopes(List<Subject> subjects, Facts facts, Declared declared) {
        Gates judge = new Gates(model);
        Tallies tallies = new Tallies(model, declared.evidence());
        Map<String, ScopeAssessment> done = new HashMap<>();
        List<ScopeAssessment> assessments = new ArrayList<>();
        for (Scopes.Scope scope : Scopes.of(subjects)) {
            List<GateResult> results = new ArrayList<>();
            Tally tally = tallies.of(scope.subjects());
            for (Gate gate : model.gates()) {
                if (gate.asked().contains(scope.kind())) {
                    results.add(judge.judge(
                            gate,
                            tally,
                            scope.clusters().size(),
                            declared.shares().getOrDefault(scope.id(), Map.of())));
                } else if (gate.inherited()) {
                    inherit(gate, scope, done).ifPresent(results::add);
                }
            }
            ScopeAssessment assessment =
                    new ScopeAssessment(scope.id(), scope.kind(), Adoption.of(facts.of(scope)), Standing.of(results));
            done.put(scope.id(), assessment);
            assessments.add(assessment);
        }
        return assessments;
    }

    /** The answer of the narrowest wider scope that is asked; of several clusters, the one that answers worst. */
    private static java.util.Optional<GateResult> inherit(
            Gate gate, Scopes.Scope scope, Map<String, ScopeAssessment> done) {
        List<String> wider = new ArrayList<>();
        if (gate.asked().contains(ScopeKind.CLUSTER) && scope.kind() != ScopeKind.TEAM) {
            scope.clusters().forEach(cluster -> wider.add("cluster/" + cluster));
        }
        wider.add("organisation");
        for (String id : wider) {
            ScopeAssessment from = done.get(id);
            if (from != null) {
                return from.gates().stream()
                        .filter(result -> result.gate().id().equals(gate.id()))
                        .map(result -> result.from(result.inheritedFrom().isEmpty() ? id : result.inheritedFrom()))
                        .findFirst();
            }
        }
        return java.util.Optional.empty();
    }

    /** Wrong, or waived where it was wrong: a waived finding is shown as waived, never hidden. */
    private static boolean wrong(Evidence evidence) {
        return evidence.state() == EvidenceState.FAIL
                || evidence.state() == EvidenceState.WAIVED && evidence.reason() == Reason.WAIVED_BY_DECLARATION;
    }

    /** Findings about applications, and about bindings and namespaces; a platform part's own habits are not asked here. */
    private List<Finding> findings(List<Evidence> evidence, List<Subject> subjects) {
        Map<String, Control> controls = controls();
        controls.keySet().removeAll(model.optionalControls());
        Map<SubjectId, Subject> byId = new HashMap<>();
        subjects.forEach(subject -> byId.put(subject.id(), subject));
        List<Finding> findings = new ArrayList<>();
        for (Evidence each : evidence) {
            Control control = controls.get(each.control());
            Subject subject = byId.get(each.subject());
            if (control == null || subject == null || !wrong(each)) {
                continue;
            }
            boolean asked =
                    switch (each.subject().kind()) {
                        case WORKLOAD, IMAGE ->
                            subject.tier() == Tier.APPLICATION || control.id().equals("image-pinned");
                        case NAMESPACE -> subject.has(Subject.APPLICATION_NAMESPACE);
                        case ORGANISATION, CLUSTER, BINDING, ENTRY, NODE, POLICY -> true;
                    };
            if (asked) {
                findings.add(new Finding(control, each));
            }
        }
        findings.sort(null);
        return findings;
    }

    private static List<Coverage> notRendered(List<ClusterState> states) {
        List<Coverage> coverage = new ArrayList<>();
        for (ClusterState state : states) {
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
        }
        return coverage;
    }

    private static List<Coverage> segmentationCoverage(Inventory inventory) {
        List<Workload> workloads = inventory.workloads().stream()
                .map(InventoriedWorkload::workload)
                .toList();
        Reachability reachability = Reachability.of(inventory.state(), workloads);
        List<Coverage> coverage = new ArrayList<>();
        reachability
                .coverage()
                .partial()
                .forEach((dialect, count) -> coverage.add(new Coverage(
                        "not-analysed",
                        count + " x " + dialect + " in cluster " + inventory.cluster()
                                + ": found, not analysed; verdicts it could change are partial",
                        Source.NONE)));
        reachability
                .problems()
                .forEach(problem -> coverage.add(new Coverage(
                        "policy-problem",
                        problem.policy() + " " + problem.path() + ": " + problem.message(),
                        problem.source())));
        return coverage;
    }

    /** How deep a model asks guardrails to be; a model that says nothing of it asks for one. */
    private GuardrailDepth depth(String control) {
        StageModel.Depth depth = model.depths().get(control);
        return depth == null ? new GuardrailDepth(1, 1) : new GuardrailDepth(depth.intents(), depth.families());
    }

    private static String snapshot(List<ClusterState> states, Declarations declarations) {
        StringBuilder all = new StringBuilder(declarations.digest());
        for (ClusterState state : states) {
            all.append(state.name()).append('\n').append(state.mode()).append('\n');
            for (Resource resource : state.resources()) {
                for (Resource declared : resource.declared()) {
                    all.append(declared.id())
                            .append(' ')
                            .append(Canonical.digest(declared.body()))
                            .append('\n');
                }
            }
        }
        return Canonical.sha256(all.toString());
    }
}
