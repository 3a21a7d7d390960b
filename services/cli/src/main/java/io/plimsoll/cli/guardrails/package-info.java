/** {@code plimsoll guardrails}: controls as admission policies, and what a cluster's own policies do. */
@NullMarked
package io.plimsoll.cli.guardrails;

import org.jspecify.annotations.NullMarked;
