package io.plimsoll.kubernetes.addon;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A known platform add-on.
 *
 * @param id lower case with hyphens, unique in its catalogue
 * @param addOnClass whom it was made for
 * @param images repositories, at least one, see {@link AddOnCatalogue}
 * @param baselineExempt what of the Pod Security baseline its published install breaks, in the order of the families;
 *     usually empty
 * @param serviceAccounts {@code namespace/name} of the accounts its own install binds to cluster-admin
 */
public record AddOn(
        String id,
        String title,
        AddOnRole role,
        AddOnClass addOnClass,
        List<String> images,
        Set<BaselineFamily> baselineExempt,
        Set<String> serviceAccounts) {

    public AddOn {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("not an add-on id: '" + id + "'");
        }
        if (title.isBlank()) {
            throw new IllegalArgumentException("add-on " + id + " has no title");
        }
        if (images.isEmpty()) {
            throw new IllegalArgumentException("add-on " + id + " lists no images");
        }
        images = List.copyOf(images);
        Set<BaselineFamily> families = EnumSet.noneOf(BaselineFamily.class);
        families.addAll(baselineExempt);
        baselineExempt = Collections.unmodifiableSet(families);
        serviceAccounts = Set.copyOf(serviceAccounts);
    }
}
