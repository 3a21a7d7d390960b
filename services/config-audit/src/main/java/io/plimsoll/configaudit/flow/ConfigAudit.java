package io.plimsoll.configaudit.flow;

import io.plimsoll.analyser.KeptStates;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.memory.KeptMemory;
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
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    /** Of one cluster in one mode: in another its rules may say something else. */
    private record Remembered(ClusterMode mode, KeptMemory memory) {}

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
        // Taken out while it is used: what an engine that failed has left behind is not gone on with.
        Remembered before = remembered.remove(state.name());
        KeptMemory memory = before == null || before.mode() != state.mode() ? new KeptMemory() : before.memory();
        memory.next();
        List<Evidence> evidence = analysis.auditEvidence(analysis.inventory(state, declared, memory), memory);
        remembered.put(state.name(), new Remembered(state.mode(), memory));
        return evidence;
    }

    @Override
    public void forget(String cluster) {
        remembered.remove(cluster);
    }
}
