/** Validating admission policies, judged by evaluating their CEL on every object in scope. */
@NullMarked
package io.plimsoll.audit.guardrail.cel;

import org.jspecify.annotations.NullMarked;
