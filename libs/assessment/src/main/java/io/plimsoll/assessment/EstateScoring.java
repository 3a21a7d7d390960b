package io.plimsoll.assessment;

import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.cluster.ClusterPart;
import io.plimsoll.assessment.cluster.NamespaceUse;
import io.plimsoll.assessment.declaration.DeclaredEvidence;
import io.plimsoll.assessment.declaration.RegistryEvidence;
import io.plimsoll.assessment.declaration.Settled;
import io.plimsoll.assessment.declaration.Settling;
import io.plimsoll.assessment.image.DatedEvidence;
import io.plimsoll.assessment.image.RegistryAccess;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.assessment.scope.ScopeTallies;
import io.plimsoll.assessment.scope.ScopeTally;
import io.plimsoll.assessment.scope.Stages;
import io.plimsoll.audit.estate.Automation;
import io.plimsoll.audit.estate.Delivery;
import io.plimsoll.audit.estate.PolicyParity;
import io.plimsoll.audit.guardrail.PolicyObject;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.maturity.model.StageModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * From what clusters contribute to where their scopes stand: the only join there is.
 *
 * <p>1. What is dated is judged at the time given. What only the estate as a whole can judge (which cluster a GitOps destination is, whether policies are the same everywhere) is
 * judged from the clusters' facts. 2. Declarations settle each part. 3. Each part is counted by scope, the parts are added up, the scopes
 * judged. Immutable, any thread.
 */
public final class EstateScoring {

    /**
     * One part, settled and counted.
     *
     * @param used declarations that covered something in it
     */
    public record ScoredPart(
            List<Subject> subjects,
            List<Evidence> evidence,
            SortedMap<ScopeKey, ScopeTally> tallies,
            Set<String> used) {}

    private final StageModel model;
    private final List<ClusterFacts> facts;
    private final Declarations declarations;
    private final @Nullable Instant asOf;
    private final Settling settling;
    private final Automation automation;

    /** @param facts of every cluster of the estate */
    public EstateScoring(
            StageModel model, Collection<ClusterFacts> facts, Declarations declarations, @Nullable Instant asOf) {
        this.model = model;
        this.facts = facts.stream()
                .sorted(Comparator.comparing(ClusterFacts::cluster))
                .toList();
        this.declarations = declarations;
        this.asOf = asOf;
        this.settling = new Settling(model, Assessment.controls(), declarations, asOf);
        Map<String, List<String>> applicationNamespaces = new TreeMap<>();
        List<Delivery> deliveries = new ArrayList<>();
        for (ClusterFacts each : this.facts) {
            applicationNamespaces.put(each.cluster(), each.applicationNamespaces());
            deliveries.addAll(each.deliveries());
        }
        this.automation = Automation.of(deliveries, applicationNamespaces);
    }

    /** One cluster's contribution. */
    public ScoredPart score(ClusterPart part) {
        List<Evidence> seen = new ArrayList<>(DatedEvidence.judged(part.evidence(), asOf));
        seen.addAll(automationOf(part.facts()));
        List<Evidence> evidence = RegistryEvidence.joined(seen, declarations, part.subjects(), asOf);
        Settled settled = settling.settle(part.subjects(), evidence);
        return new ScoredPart(
                part.subjects(),
                settled.evidence(),
                ScopeTallies.of(model, part.facts(), part.subjects(), settled.evidence()),
                settled.used());
    }

    /** What other clusters' deliveries say of this one: all that its contribution takes from them. */
    public List<Evidence> automationOf(ClusterFacts cluster) {
        List<Evidence> evidence = new ArrayList<>();
        for (NamespaceUse namespace : cluster.namespaces()) {
            evidence.add(automation.evidence(cluster.cluster(), namespace.name(), namespace.source()));
        }
        return evidence;
    }

    /** What stands in no cluster: the organisation, and its policies compared between clusters. */
    public ScoredPart scoreEstate() {
        Map<String, List<PolicyObject>> policies = new TreeMap<>();
        facts.forEach(each -> policies.put(each.cluster(), each.policies()));
        List<Subject> subjects = new ArrayList<>();
        subjects.add(Subject.ofEstate(SubjectId.organisation(), Set.of(), Source.NONE));
        subjects.addAll(PolicyParity.subjects(policies));
        List<Evidence> evidence = new ArrayList<>(PolicyParity.evidence(policies));
        evidence.addAll(DeclaredEvidence.ofOrganisation(declarations, asOf));
        RegistryAccess.ofOrganisation(facts.stream()
                        .flatMap(each -> each.registries().stream())
                        .toList())
                .ifPresent(evidence::add);
        Settled settled = settling.settle(subjects, evidence);
        return new ScoredPart(
                subjects,
                settled.evidence(),
                ScopeTallies.ofEstate(model, subjects, settled.evidence()),
                settled.used());
    }

    /** @param tallies of all parts united */
    public List<ScopeAssessment> stages(SortedMap<ScopeKey, ScopeTally> tallies) {
        return new Stages(model).of(tallies, settling.shares(), DeclaredEvidence.newDevelopment(declarations, asOf));
    }

    /**
     * Everything that could not be seen or settled, in the order of reports: by cluster, then what declarations did not settle, then gates
     * nothing can answer.
     *
     * @param used declarations that covered something in any part
     */
    public List<Coverage> coverage(Set<String> used, List<ScopeAssessment> scopes) {
        List<Coverage> seen = new ArrayList<>();
        facts.forEach(each -> seen.addAll(each.coverage()));
        seen.addAll(settling.coverage(used));
        seen.addAll(Unseen.of(scopes));
        return seen;
    }

    /** SHA-256 over everything assessed, positions aside. */
    public String snapshot() {
        StringBuilder all = new StringBuilder(declarations.digest());
        facts.forEach(each -> all.append('\n').append(each.digest()));
        return Canonical.sha256(all.toString());
    }

    /** All at once. */
    static AssessmentResult of(
            StageModel model,
            List<ClusterPart> given,
            Declarations declarations,
            @Nullable Instant asOf,
            List<Coverage> coverage) {
        List<ClusterPart> clusters = given.stream().map(ClusterPart::told).toList();
        EstateScoring scoring = new EstateScoring(
                model, clusters.stream().map(ClusterPart::facts).toList(), declarations, asOf);
        List<ScoredPart> parts = new ArrayList<>();
        clusters.forEach(cluster -> parts.add(scoring.score(cluster)));
        parts.add(scoring.scoreEstate());
        List<ScopeAssessment> scopes = scoring.stages(
                ScopeTallies.united(parts.stream().map(ScoredPart::tallies).toList()));
        List<Coverage> seen = new ArrayList<>(coverage);
        Set<String> used = new TreeSet<>();
        parts.forEach(part -> used.addAll(part.used()));
        seen.addAll(scoring.coverage(used, scopes));
        List<Finding> findings = new ArrayList<>();
        parts.forEach(part -> findings.addAll(Findings.of(model, part.evidence(), part.subjects())));
        findings.sort(null);
        return new AssessmentResult(model, scoring.snapshot(), asOf, scopes, seen, findings);
    }
}
