/** Kyverno's policies, judged where their rules can be read exactly. */
@NullMarked
package io.plimsoll.audit.guardrail.kyverno;

import org.jspecify.annotations.NullMarked;
