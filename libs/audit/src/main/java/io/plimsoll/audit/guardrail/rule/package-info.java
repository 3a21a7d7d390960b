/** A rule before it meets a namespace, and what becomes of it there. */
@NullMarked
package io.plimsoll.audit.guardrail.rule;

import org.jspecify.annotations.NullMarked;
