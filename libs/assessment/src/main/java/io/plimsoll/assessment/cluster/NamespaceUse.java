package io.plimsoll.assessment.cluster;

import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Source;

/**
 * What a namespace is used for.
 *
 * @param application it holds an application workload
 * @param owner empty when nobody is named
 * @param quota it has a quota
 */
public record NamespaceUse(
        String name, boolean application, String owner, Lifecycle lifecycle, boolean quota, Source source) {}
