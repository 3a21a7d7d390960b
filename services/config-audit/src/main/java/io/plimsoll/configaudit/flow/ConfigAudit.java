package io.plimsoll.configaudit.flow;

import io.plimsoll.analyser.KeptStates;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.analyser.Analyser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Configuration judged: controls asked of what inventory published. */
@ApplicationScoped
public class ConfigAudit implements Analyser {

    private final StageModel model = StageModel.builtin();
    private final ClusterAnalysis analysis = new ClusterAnalysis(model, AddOnCatalogue.builtin());

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
        return analysis.auditEvidence(analysis.inventory(state, declared));
    }
}
