package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All policies of one cluster, as far as they can be read. Immutable, any thread. */
public final class PolicySet {

    private static final PolicySet NONE =
            new PolicySet(new TreeMap<>(), ClusterWide.of(new TreeMap<>(), TieredPolicies.NONE), new TreeMap<>());

    private final Map<String, NamespacePolicies> byNamespace;
    private final ClusterWide clusterWide;

    /** Policies of dialects that are not analysed. */
    private final Map<ResourceId, Unanalysed> dialects;

    private final List<PolicyProblem> problems;
    private final List<Unanalysed> unanalysed;

    /** Policies that select in any namespace, and what came of reading them; they are read together, as one can decide how others count. */
    private record ClusterWide(
            Map<ResourceId, Resource> resources,
            TieredPolicies tiers,
            Vocabulary words,
            List<PolicyProblem> problems,
            List<Unanalysed> unanalysed) {

        /** @param before read earlier */
        static ClusterWide of(Map<ResourceId, Resource> resources, TieredPolicies before) {
            List<PolicyProblem> problems = new ArrayList<>();
            List<Unanalysed> unanalysed = new ArrayList<>();
            ClusterState state = new ClusterState("", ClusterMode.MANIFESTS, List.copyOf(resources.values()));
            TieredPolicies tiers = TieredPolicies.of(state, before, problems, unanalysed);
            return new ClusterWide(resources, tiers, Vocabulary.ofTiers(tiers), problems, unanalysed);
        }
    }

    private PolicySet(
            Map<String, NamespacePolicies> byNamespace, ClusterWide clusterWide, Map<ResourceId, Unanalysed> dialects) {
        this.byNamespace = byNamespace;
        this.clusterWide = clusterWide;
        this.dialects = dialects;
        List<PolicyProblem> wrong = new ArrayList<>(clusterWide.problems());
        List<Unanalysed> others = new ArrayList<>(dialects.values());
        byNamespace.values().forEach(there -> {
            wrong.addAll(there.problems());
            others.addAll(there.unreadable());
        });
        Collections.sort(wrong);
        others.sort(Comparator.comparing(Unanalysed::id));
        this.problems = List.copyOf(wrong);
        this.unanalysed = Stream.concat(clusterWide.unanalysed().stream(), others.stream())
                .toList();
    }

    /** Reads the policies of a cluster; never fails for what is in them. */
    public static PolicySet of(ClusterState state) {
        return NONE.after(state.resources().stream()
                .filter(resource -> Dialects.isPolicy(resource.id()))
                .map(ResourceChange::put)
                .toList());
    }

    /** The policies after objects changed; a namespace of which no NetworkPolicy changed keeps the very ones it has. */
    public PolicySet after(Collection<ResourceChange> changes) {
        Map<String, List<ResourceChange>> inNamespaces = new TreeMap<>();
        Map<ResourceId, Resource> wide = new TreeMap<>(clusterWide.resources());
        Map<ResourceId, Unanalysed> others = new TreeMap<>(dialects);
        boolean widely = false;
        boolean any = false;
        for (ResourceChange change : changes) {
            ResourceId id = change.id();
            if (Dialects.isNetworkPolicy(id)) {
                inNamespaces
                        .computeIfAbsent(id.namespace(), unused -> new ArrayList<>())
                        .add(change);
            } else if (Dialects.isClusterWide(id)) {
                widely = true;
                change.now().ifPresentOrElse(now -> wide.put(id, now), () -> wide.remove(id));
            } else if (Dialects.isPolicy(id)) {
                change.now()
                        .flatMap(Dialects::recognise)
                        .ifPresentOrElse(policy -> others.put(id, policy), () -> others.remove(id));
            } else {
                continue;
            }
            any = true;
        }
        if (!any) {
            return this;
        }
        Map<String, NamespacePolicies> later = inNamespaces.isEmpty() ? byNamespace : new TreeMap<>(byNamespace);
        inNamespaces.forEach((namespace, here) -> {
            NamespacePolicies there =
                    later.getOrDefault(namespace, NamespacePolicies.NONE).after(here);
            if (there.isEmpty()) {
                later.remove(namespace);
            } else {
                later.put(namespace, there);
            }
        });
        return new PolicySet(later, widely ? ClusterWide.of(wide, tiers()) : clusterWide, others);
    }

    /** Namespaces whose NetworkPolicies are not the very ones they were. */
    public Set<String> namespacesOtherThan(PolicySet before) {
        if (byNamespace == before.byNamespace) {
            return Set.of();
        }
        Set<String> other = new TreeSet<>();
        byNamespace.forEach((namespace, now) -> {
            if (before.byNamespace.get(namespace) != now) {
                other.add(namespace);
            }
        });
        before.byNamespace.keySet().stream()
                .filter(namespace -> !byNamespace.containsKey(namespace))
                .forEach(other::add);
        return other;
    }

    /** The policies of a namespace in the order of their names. */
    public List<DeclaredPolicy> in(String namespace) {
        return byNamespace.getOrDefault(namespace, NamespacePolicies.NONE).policies();
    }

    /** The cluster-wide policies. */
    public TieredPolicies tiers() {
        return clusterWide.tiers();
    }

    /** Every NetworkPolicy, in the order of namespace and name. */
    public List<DeclaredPolicy> declared() {
        return byNamespace.values().stream()
                .flatMap(there -> there.policies().stream())
                .toList();
    }

    /** Every body of every NetworkPolicy, in the order of namespace and name. */
    public List<NetworkPolicy> readings() {
        return byNamespace.values().stream()
                .flatMap(there -> there.policies().stream())
                .flatMap(declared -> declared.readings().stream())
                .toList();
    }

    /** What policies tell apart: NetworkPolicies by namespace, then cluster-wide policies, then those that are not analysed. */
    Stream<Vocabulary> words() {
        return Stream.concat(
                byNamespace.values().stream().map(NamespacePolicies::words),
                Stream.of(clusterWide.words(), Vocabulary.ofUnanalysed(unanalysed)));
    }

    /** As {@link #words()}, of those alone that are not the very ones they were in another set. */
    List<Vocabulary> wordsOtherThan(PolicySet before) {
        List<Vocabulary> words = new ArrayList<>();
        namespacesOtherThan(before)
                .forEach(namespace -> words.add(byNamespace
                        .getOrDefault(namespace, NamespacePolicies.NONE)
                        .words()));
        if (tiers() != before.tiers()) {
            words.add(clusterWide.words());
        }
        if (!unanalysed.equals(before.unanalysed)) {
            words.add(Vocabulary.ofUnanalysed(unanalysed));
        }
        return words;
    }

    /** What every rule of every policy matches. */
    public Stream<Grant> grants() {
        return Stream.concat(
                readings().stream()
                        .flatMap(policy -> policy.everyRule().stream())
                        .map(Rule::grant),
                tiers().readings().stream()
                        .flatMap(policy -> policy.rules().values().stream())
                        .flatMap(List::stream)
                        .map(TieredRule::grant));
    }

    /** How many policies were read, each identity once. */
    public int size() {
        return byNamespace.values().stream()
                        .mapToInt(there -> there.policies().size())
                        .sum()
                + tiers().size();
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
