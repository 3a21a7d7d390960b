/** Controls about resources, probes and disruption. */
@NullMarked
package io.plimsoll.audit.control.resilience;

import org.jspecify.annotations.NullMarked;
