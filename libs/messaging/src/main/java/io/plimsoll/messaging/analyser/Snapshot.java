package io.plimsoll.messaging.analyser;

import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.wire.Version;

/**
 * A cluster at one revision, as its evidence was computed from. Immutable.
 *
 * @param revision the version the evidence was published at: another one means another state, other declarations or another engine
 * @param declared what people said of the cluster then
 */
public record Snapshot(String cluster, int partition, Version revision, ClusterState state, ClusterContext declared) {}
