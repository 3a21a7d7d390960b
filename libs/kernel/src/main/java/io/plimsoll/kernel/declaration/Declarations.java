package io.plimsoll.kernel.declaration;

import io.plimsoll.kernel.Lifecycle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything people said.
 *
 * @param digest SHA-256 of what was said, empty when nothing was
 * @param organisation its name for people, empty when not said
 */
public record Declarations(
        String digest,
        String organisation,
        List<DeclaredTeam> teams,
        List<DeclaredApplication> applications,
        List<ApprovedRegistry> registries,
        List<Framework> frameworks,
        List<DeclaredCluster> clusters,
        @Nullable NewDevelopment newDevelopment,
        List<Attestation> attestations,
        List<Waiver> waivers) {

    public static final Declarations NONE =
            new Declarations("", "", List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of(), List.of());

    public Declarations {
        teams = List.copyOf(teams);
        applications = List.copyOf(applications);
        registries = List.copyOf(registries);
        frameworks = List.copyOf(frameworks);
        clusters = List.copyOf(clusters);
        attestations = List.copyOf(attestations);
        waivers = List.copyOf(waivers);
    }

    /** What is said of one cluster. */
    public ClusterContext of(String cluster) {
        Lifecycle lifecycle = Lifecycle.UNSTATED;
        boolean addresses = false;
        for (DeclaredCluster declared : clusters) {
            if (declared.name().equals(cluster)) {
                lifecycle = declared.lifecycle();
                addresses = !declared.nodeAddresses().isEmpty();
            }
        }
        return new ClusterContext(cluster, lifecycle, addresses, teams, applications);
    }
}
