package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;

/**
 * One rule of a policy.
 *
 * @param path in the policy, for instance {@code spec.ingress[0]}
 */
public record Rule(ResourceId policy, Grant grant, String path, Source source) {}
