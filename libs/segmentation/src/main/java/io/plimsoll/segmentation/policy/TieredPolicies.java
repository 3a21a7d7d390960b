package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The cluster-wide policies of one cluster in the order in which they are asked. Immutable, any thread. */
public final class TieredPolicies {

    private final Map<Tier, List<PriorityBand>> bands;
    private final int size;

    private TieredPolicies(Map<Tier, List<PriorityBand>> bands, int size) {
        this.bands = bands;
        this.size = size;
    }

    /** Reads what is there; what is wrong, and what cannot be used, goes to the lists. */
    static TieredPolicies of(ClusterState state, List<PolicyProblem> problems, List<Unanalysed> unanalysed) {
        Map<Tier, TreeMap<Integer, List<TieredPolicy>>> byPriority = new EnumMap<>(Tier.class);
        int size = 0;
        for (Resource resource : state.resources()) {
            Optional<TieredDialect> dialect = TieredDialect.of(resource);
            if (dialect.isEmpty()) {
                continue;
            }
            int read = 0;
            List<Resource> declared = resource.declared();
            if (declared.size() > 1) {
                problems.add(PolicyProblem.declaredTwice(resource));
            }
            for (Resource each : declared) {
                ProblemLog log = new ProblemLog(each);
                Optional<TieredPolicy> policy = TieredPolicyReader.read(each, declared.size() == 1, dialect.get(), log);
                policy.ifPresentOrElse(
                        found -> byPriority
                                .computeIfAbsent(found.tier(), tier -> new TreeMap<>())
                                .computeIfAbsent(found.priority(), priority -> new ArrayList<>())
                                .add(found),
                        () -> unanalysed.add(Unanalysed.withoutSubject(each)));
                read += policy.isPresent() ? 1 : 0;
                problems.addAll(log.problems());
            }
            size += read > 0 ? 1 : 0;
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
        return new TieredPolicies(bands, size);
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
