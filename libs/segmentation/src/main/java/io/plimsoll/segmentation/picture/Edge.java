package io.plimsoll.segmentation.picture;

import io.plimsoll.segmentation.metrics.Bounds;
import io.plimsoll.segmentation.policy.PortSet;

/**
 * What pairs of workloads between two boxes may do, added up. An end outside, or of ingress controllers, counts as one.
 *
 * @param pairs ordered pairs of different workloads
 * @param allowed those that connect on some port; {@code high} is never 0
 * @param ports on which some pair certainly connects
 * @param uncertain further ports on which it is not known
 */
public record Edge(Box source, Box destination, long pairs, Bounds allowed, PortSet ports, PortSet uncertain) {}
