package io.plimsoll.stagescoring.flow;

import io.plimsoll.assessment.cluster.ClusterFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The contributions of all clusters as last read. One thread. */
public final class Contributions {

    private final ContributionStore store;
    private final TreeMap<String, Kept> kept = new TreeMap<>();

    public Contributions(ContributionStore store) {
        this.store = store;
    }

    /** @return true when anything has changed */
    public boolean refresh() {
        Map<String, Long> known = new HashMap<>();
        kept.forEach((cluster, each) -> known.put(cluster, each.change()));
        ContributionStore.Changes changes = store.since(known);
        changes.gone().forEach(kept::remove);
        changes.changed().forEach(each -> kept.put(each.cluster(), each));
        return !changes.gone().isEmpty() || !changes.changed().isEmpty();
    }

    public @Nullable Kept of(String cluster) {
        return kept.get(cluster);
    }

    /** In the order of names. */
    public Collection<Kept> all() {
        return Collections.unmodifiableCollection(kept.values());
    }

    /** Those that were scored, in the order of names. */
    public List<Contribution> scored() {
        List<Contribution> scored = new ArrayList<>();
        for (Kept each : kept.values()) {
            if (each.scored() != null) {
                scored.add(each.scored());
            }
        }
        return scored;
    }

    /** The facts of the estate, with these in place of what is kept of their cluster. */
    public List<ClusterFacts> factsWith(ClusterFacts newer) {
        List<ClusterFacts> facts = new ArrayList<>();
        for (Contribution each : scored()) {
            if (!each.cluster().equals(newer.cluster())) {
                facts.add(each.facts());
            }
        }
        facts.add(newer);
        return facts;
    }
}
