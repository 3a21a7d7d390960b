package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The cluster-wide policies of one cluster in the order in which they are asked. Immutable, any thread. */
public final class TieredPolicies {

    static final TieredPolicies NONE = new TieredPolicies(Map.of(), 0, Map.of());

    private final Map<Tier, List<PriorityBand>> bands;
    private final int size;

    /** What came of reading each object, by the object itself: where it is the same, it is not read again. */
    private final Map<Resource, Reading> read;

    /** What came of reading one object. */
    private record Reading(List<TieredPolicy> policies, List<PolicyProblem> problems, List<Unanalysed> unanalysed) {}

    private TieredPolicies(Map<Tier, List<PriorityBand>> bands, int size, Map<Resource, Reading> read) {
        this.bands = bands;
        this.size = size;
        this.read = read;
    }

    /**
     * Reads what is there; what is wrong, and what cannot be used, goes to the lists.
     *
     * @param before read earlier
     */
    static TieredPolicies of(
            ClusterState state, TieredPolicies before, List<PolicyProblem> problems, List<Unanalysed> unanalysed) {
        Map<Tier, TreeMap<Integer, List<TieredPolicy>>> byPriority = new EnumMap<>(Tier.class);
        Map<Resource, Reading> read = new IdentityHashMap<>();
        int size = 0;
        for (Resource resource : state.resources()) {
            Optional<TieredDialect> dialect = TieredDialect.of(resource);
            if (dialect.isEmpty()) {
                continue;
            }
            Reading known = before.read.get(resource);
            Reading reading = known == null ? read(resource, dialect.get()) : known;
            read.put(resource, reading);
            reading.policies()
                    .forEach(found -> byPriority
                            .computeIfAbsent(found.tier(), tier -> new TreeMap<>())
                            .computeIfAbsent(found.priority(), priority -> new ArrayList<>())
                            .add(found));
            problems.addAll(reading.problems());
            unanalysed.addAll(reading.unanalysed());
            size += reading.policies().isEmpty() ? 0 : 1;
        }
        if (size == 0) {
            for (TieredPolicy policy : CiliumPolicies.read(state, problems, unanalysed)) {
                byPriority
                        .computeIfAbsent(policy.tier(), tier -> new TreeMap<>())
                        .computeIfAbsent(policy.priority(), priority -> new ArrayList<>())
                        .add(policy);
            }
            size = (int) byPriority.values().stream()
                    .flatMap(priorities -> priorities.values().stream())
                    .flatMap(List::stream)
                    .map(TieredPolicy::id)
                    .distinct()
                    .count();
        } else {
            CiliumPolicies.leave(state, unanalysed);
        }
        Map<Tier, List<PriorityBand>> bands = new EnumMap<>(Tier.class);
        byPriority.forEach((tier, priorities) -> bands.put(
                tier,
                priorities.entrySet().stream()
                        .map(entry -> new PriorityBand(entry.getKey(), entry.getValue()))
                        .toList()));
        return new TieredPolicies(bands, size, read);
    }

    private static Reading read(Resource resource, TieredDialect dialect) {
        List<TieredPolicy> policies = new ArrayList<>(1);
        List<PolicyProblem> problems = new ArrayList<>(0);
        List<Unanalysed> unanalysed = new ArrayList<>(0);
        List<Resource> declared = resource.declared();
        if (declared.size() > 1) {
            problems.add(PolicyProblem.declaredTwice(resource));
        }
        for (Resource each : declared) {
            ProblemLog log = new ProblemLog(each);
            TieredPolicyReader.read(each, declared.size() == 1, dialect, log)
                    .ifPresentOrElse(policies::add, () -> unanalysed.add(Unanalysed.withoutSubject(each)));
            problems.addAll(log.problems());
        }
        return new Reading(List.copyOf(policies), List.copyOf(problems), List.copyOf(unanalysed));
    }

    /** The bands of a tier, the one asked first in front. */
    public List<PriorityBand> bands(Tier tier) {
        return bands.getOrDefault(tier, List.of());
    }

    /** Every body of every policy. */
    public List<TieredPolicy> readings() {
        return bands.values().stream()
                .flatMap(List::stream)
                .flatMap(band -> band.readings().stream())
                .toList();
    }

    /** How many policies were read, each identity once. */
    int size() {
        return size;
    }
}
