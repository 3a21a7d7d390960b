/**
 * What rules a cluster has written down, and which of them are in force in which namespace.
 *
 * <ul>
 *   <li>{@code review}: objects as admission would be handed them, and the namespaces they stand in
 *   <li>{@code rule}: a rule before it meets a namespace, and what becomes of it there
 *   <li>{@code builtin}: pod security labels, quotas, deny-all network policies
 *   <li>{@code cel}: validating admission policies
 *   <li>{@code gatekeeper}: constraints and their templates
 *   <li>{@code kyverno}: cluster policies
 * </ul>
 */
@NullMarked
package io.plimsoll.audit.guardrail;

import org.jspecify.annotations.NullMarked;
