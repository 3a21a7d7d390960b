package io.plimsoll.imagescan.flow;

import io.plimsoll.analyser.KeptStates;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.messaging.analyser.Analyser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * No registry is connected to it: it marks every revision as answered and answers nothing, so that what images contain stays unknown and
 * names the connector that would settle it, as {@code assess} says of the same files.
 */
@ApplicationScoped
public class ImageScan implements Analyser {

    /** There is nothing to be asked. */
    @Produces
    @Singleton
    KeptStates kept() {
        return new KeptStates(false);
    }

    @Override
    public String name() {
        return "image-scan";
    }

    @Override
    public String fingerprint() {
        return "no connector";
    }

    @Override
    public List<Evidence> analyse(ClusterState state, ClusterContext declared) {
        return List.of();
    }
}
