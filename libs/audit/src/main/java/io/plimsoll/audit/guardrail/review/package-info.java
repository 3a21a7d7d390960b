/** Objects as admission would be handed them, namespace by namespace, and how rules select among them. */
@NullMarked
package io.plimsoll.audit.guardrail.review;

import org.jspecify.annotations.NullMarked;
