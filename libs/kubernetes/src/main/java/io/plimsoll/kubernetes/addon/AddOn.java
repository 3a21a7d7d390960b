package io.plimsoll.kubernetes.addon;

import java.util.List;
import java.util.Set;

/**
 * A known platform add-on.
 *
 * @param addOnClass what it is for, for instance {@code runtime-sensor}
 * @param role a few words for people
 * @param kubernetesNative it works through the API server, with workloads as its subjects (L27.5)
 * @param images repositories, see {@link AddOnCatalogue}
 * @param baselineExempt Pod Security families it legitimately breaks
 * @param serviceAccounts {@code namespace/name} of the accounts its own install binds to cluster-admin
 */
public record AddOn(
        String id,
        String title,
        String addOnClass,
        String role,
        boolean kubernetesNative,
        List<String> images,
        Set<String> baselineExempt,
        Set<String> serviceAccounts) {

    public AddOn {
        images = List.copyOf(images);
        baselineExempt = Set.copyOf(baselineExempt);
        serviceAccounts = Set.copyOf(serviceAccounts);
    }
}
