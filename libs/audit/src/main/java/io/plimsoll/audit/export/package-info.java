/**
 * Controls written as native admission policies: what can be said in CEL, as a policy and its binding, and what they would
 * refuse of what is there.
 */
@NullMarked
package io.plimsoll.audit.export;

import org.jspecify.annotations.NullMarked;
