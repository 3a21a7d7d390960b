/** Gatekeeper's constraints, judged by what the templates of its library ask. */
@NullMarked
package io.plimsoll.audit.guardrail.gatekeeper;

import org.jspecify.annotations.NullMarked;
