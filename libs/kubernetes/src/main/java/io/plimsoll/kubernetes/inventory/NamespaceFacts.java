package io.plimsoll.kubernetes.inventory;

import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Source;
import java.util.Map;

/**
 * One namespace as declared, or as implied by what stands in it.
 *
 * @param labels of all its declarations united; where two clash, the weaker value (stage-gates 3)
 * @param owner who owns it by label, annotation, Argo CD project or declaration, in this order; empty when nobody is named
 * @param lifecycle the highest of what labels and declarations say
 */
public record NamespaceFacts(
        String name, Map<String, String> labels, String owner, Lifecycle lifecycle, Source source) {}
