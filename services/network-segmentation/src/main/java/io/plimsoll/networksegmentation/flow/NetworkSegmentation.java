package io.plimsoll.networksegmentation.flow;

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

/** Who can reach whom, from what inventory published. */
@ApplicationScoped
public class NetworkSegmentation implements Analyser {

    private final StageModel model = StageModel.builtin();
    private final ClusterAnalysis analysis = new ClusterAnalysis(model, AddOnCatalogue.builtin());
    private final SeenClusters seen = new SeenClusters(analysis);
    private final Map<String, ClusterMemory> remembered = new ConcurrentHashMap<>();

    /** Questions are answered from the states that evidence was computed from. */
    @Produces
    @Singleton
    KeptStates kept() {
        return new KeptStates(true);
    }

    /** What questions are answered from, made with the same engines as the evidence. */
    @Produces
    @Singleton
    SeenClusters seen() {
        return seen;
    }

    @Override
    public String name() {
        return "network-segmentation";
    }

    @Override
    public String fingerprint() {
        return "engine 1|model " + model.digest();
    }

    @Override
    public List<Evidence> analyse(ClusterState state, ClusterContext declared) {
        return analysis.segmentationEvidence(remembered
                .computeIfAbsent(state.name(), name -> new ClusterMemory())
                .look(state.mode(), memory -> analysis.inventory(state, declared, memory)));
    }

    @Override
    public void forget(String cluster) {
        seen.forget(cluster);
        remembered.remove(cluster);
    }
}
