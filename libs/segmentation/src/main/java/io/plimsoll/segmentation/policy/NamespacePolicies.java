package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The NetworkPolicies of one namespace, and what they tell apart. Immutable. */
final class NamespacePolicies {

    static final NamespacePolicies NONE = new NamespacePolicies(new TreeMap<>());

    /** What one object says, read once. */
    private record Read(List<NetworkPolicy> readings, List<Unanalysed> unreadable, List<PolicyProblem> problems) {}

    private final TreeMap<ResourceId, Read> read;
    private final List<DeclaredPolicy> policies;
    private final Vocabulary words;
    private final List<PolicyProblem> problems;
    private final List<Unanalysed> unreadable;

    private NamespacePolicies(TreeMap<ResourceId, Read> read) {
        this.read = read;
        Map<String, List<NetworkPolicy>> byName = new TreeMap<>();
        read.values()
                .forEach(one -> one.readings()
                        .forEach(policy -> byName.computeIfAbsent(policy.id().name(), unused -> new ArrayList<>())
                                .add(policy)));
        this.policies = byName.values().stream().map(DeclaredPolicy::new).toList();
        this.words = Vocabulary.ofNetworkPolicies(
                byName.values().stream().flatMap(List::stream).toList());
        this.problems =
                read.values().stream().flatMap(one -> one.problems().stream()).toList();
        this.unreadable =
                read.values().stream().flatMap(one -> one.unreadable().stream()).toList();
    }

    /** Reads what changed; the rest is not read again. */
    NamespacePolicies after(Collection<ResourceChange> changes) {
        TreeMap<ResourceId, Read> later = new TreeMap<>(read);
        changes.forEach(change -> change.now()
                .ifPresentOrElse(now -> later.put(change.id(), read(now)), () -> later.remove(change.id())));
        return new NamespacePolicies(later);
    }

    private static Read read(Resource resource) {
        List<NetworkPolicy> readings = new ArrayList<>();
        List<Unanalysed> unreadable = new ArrayList<>();
        List<PolicyProblem> problems = new ArrayList<>();
        if (!resource.variants().isEmpty()) {
            problems.add(PolicyProblem.declaredTwice(resource));
        }
        for (Resource declared : resource.declared()) {
            ProblemLog log = new ProblemLog(declared);
            NetworkPolicyReader.read(declared, log)
                    .ifPresentOrElse(readings::add, () -> unreadable.add(Unanalysed.withoutSubject(declared)));
            problems.addAll(log.problems());
        }
        return new Read(List.copyOf(readings), List.copyOf(unreadable), List.copyOf(problems));
    }

    boolean isEmpty() {
        return read.isEmpty();
    }

    /** In the order of their names. */
    List<DeclaredPolicy> policies() {
        return policies;
    }

    Vocabulary words() {
        return words;
    }

    /** In the order of the policy's identity. */
    List<PolicyProblem> problems() {
        return problems;
    }

    /** Policies of which it cannot be told whom they select. */
    List<Unanalysed> unreadable() {
        return unreadable;
    }
}
