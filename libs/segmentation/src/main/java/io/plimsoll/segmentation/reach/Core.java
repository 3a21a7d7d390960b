package io.plimsoll.segmentation.reach;

/**
 * What a side says but for cluster-wide policies.
 *
 * @param policies what NetworkPolicies say
 * @param mesh what a mesh takes away on top
 * @param doubt what policies that are not analysed could change
 */
record Core(LastingRow policies, Row mesh, Doubt doubt) {}
