package io.plimsoll.configaudit.flow;

import io.plimsoll.analyser.KeptStates;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.memory.ClusterMemory;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.analyser.Analyser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Configuration judged: controls asked of what inventory published. What was answered of a cluster is remembered, so that an object that changed
 * costs what it touches, not the cluster. The evidence is that of a whole audit, always.
 */
@ApplicationScoped
public class ConfigAudit implements Analyser {

    private final StageModel model = StageModel.builtin();
    private final ClusterAnalysis analysis = new ClusterAnalysis(model, AddOnCatalogue.builtin());
    private final Map<String, ClusterMemory> remembered = new ConcurrentHashMap<>();

    /** Nobody asks it questions: evidence is all it gives. */
    @Produces
    @Singleton
    KeptStates kept() {
        return new KeptStates(false);
    }

    @Override
    public String name() {
        return "config-audit";
    }

    @Override
    public String fingerprint() {
        return "engine 1|model " + model.digest();
    }

    @Override
    public List<Evidence> analyse(ClusterState state, ClusterContext declared) {
        return remembered
                .computeIfAbsent(state.name(), name -> new ClusterMemory())
                .look(
                        state.mode(),
                        memory -> analysis.auditEvidence(analysis.inventory(state, declared, memory), memory));
    }

    @Override
    public void forget(String cluster) {
        remembered.remove(cluster);
    }
}
