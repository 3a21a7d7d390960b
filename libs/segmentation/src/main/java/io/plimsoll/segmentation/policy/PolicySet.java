package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All policies of one cluster, as far as they can be read. Immutable, any thread. */
public final class PolicySet {

    private final Map<String, List<DeclaredPolicy>> byNamespace;
    private final TieredPolicies tiers;
    private final List<PolicyProblem> problems;
    private final List<Unanalysed> unanalysed;

    private PolicySet(
            Map<String, List<DeclaredPolicy>> byNamespace,
            TieredPolicies tiers,
            List<PolicyProblem> problems,
            List<Unanalysed> unanalysed) {
        this.byNamespace = byNamespace;
        this.tiers = tiers;
        this.problems = problems;
        this.unanalysed = unanalysed;
    }

    /** Reads the policies of a cluster; never fails for what is in them. */
    public static PolicySet of(ClusterState state) {
        Map<String, Map<String, List<NetworkPolicy>>> byName = new TreeMap<>();
        List<PolicyProblem> problems = new ArrayList<>();
        List<Unanalysed> unanalysed = new ArrayList<>();
        TieredPolicies tiers = TieredPolicies.of(state, problems, unanalysed);
        for (Resource resource : state.resources()) {
            Dialects.recognise(resource).ifPresent(unanalysed::add);
            if (!resource.is("NetworkPolicy", "networking.k8s.io", "extensions")) {
                continue;
            }
            if (!resource.variants().isEmpty()) {
                problems.add(PolicyProblem.declaredTwice(resource));
            }
            for (Resource declared : resource.declared()) {
                ProblemLog log = new ProblemLog(declared);
                NetworkPolicyReader.read(declared, log)
                        .ifPresentOrElse(
                                policy -> byName.computeIfAbsent(policy.id().namespace(), key -> new TreeMap<>())
                                        .computeIfAbsent(policy.id().name(), key -> new ArrayList<>())
                                        .add(policy),
                                () -> unanalysed.add(Unanalysed.withoutSubject(declared)));
                problems.addAll(log.problems());
            }
        }
        Map<String, List<DeclaredPolicy>> byNamespace = new TreeMap<>();
        byName.forEach((namespace, policies) -> byNamespace.put(
                namespace, policies.values().stream().map(DeclaredPolicy::new).toList()));
        Collections.sort(problems);
        return new PolicySet(byNamespace, tiers, List.copyOf(problems), List.copyOf(unanalysed));
    }

    /** The policies of a namespace in the order of their names. */
    public List<DeclaredPolicy> in(String namespace) {
        return byNamespace.getOrDefault(namespace, List.of());
    }

    /** The cluster-wide policies. */
    public TieredPolicies tiers() {
        return tiers;
    }

    /** Every body of every NetworkPolicy, in the order of namespace and name. */
    public List<NetworkPolicy> readings() {
        return byNamespace.values().stream()
                .flatMap(List::stream)
                .flatMap(declared -> declared.readings().stream())
                .toList();
    }

    /** What every rule of every policy matches. */
    public Stream<Grant> grants() {
        return Stream.concat(
                readings().stream()
                        .flatMap(policy -> policy.everyRule().stream())
                        .map(Rule::grant),
                tiers.readings().stream()
                        .flatMap(policy -> policy.rules().values().stream())
                        .flatMap(List::stream)
                        .map(TieredRule::grant));
    }

    /** How many policies were read, each identity once. */
    public int size() {
        return byNamespace.values().stream().mapToInt(List::size).sum() + tiers.size();
    }

    /** What is wrong with policies, in the order of the policy's identity. */
    public List<PolicyProblem> problems() {
        return problems;
    }

    /** Policies that could change a verdict and were not analysed: other dialects, and those whose subject is unreadable. */
    public List<Unanalysed> unanalysed() {
        return unanalysed;
    }
}
