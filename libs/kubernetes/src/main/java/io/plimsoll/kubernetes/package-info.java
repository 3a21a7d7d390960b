/**
 * Manifests and API objects as typed resources.
 *
 * <ul>
 *   <li>{@code value}: the tree of one object, each value with its line
 *   <li>{@code manifest}: bytes to documents to resources, bounded and streaming
 *   <li>{@code workload}: what runs: pod templates, containers, owners folded to the top
 *   <li>{@code exposure}: how a workload can be reached from outside
 *   <li>{@code addon}: which workloads are platform, by a catalogue that is data
 *   <li>{@code inventory}: one cluster's resources joined: namespaces, workloads, tiers, teams, applications
 * </ul>
 */
@NullMarked
package io.plimsoll.kubernetes;

import org.jspecify.annotations.NullMarked;
