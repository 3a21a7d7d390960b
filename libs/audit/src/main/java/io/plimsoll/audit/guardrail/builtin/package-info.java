/** Rules that Kubernetes itself keeps: pod security labels, quotas, deny-all network policies. */
@NullMarked
package io.plimsoll.audit.guardrail.builtin;

import org.jspecify.annotations.NullMarked;
