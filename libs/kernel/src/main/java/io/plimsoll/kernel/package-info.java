/**
 * Plimsoll's words as values: subject, control, evidence, source, scope, stage band. Immutable, checked when made,
 * ordered where an order is ever needed, so that the same input gives the same bytes.
 */
@NullMarked
package io.plimsoll.kernel;

import org.jspecify.annotations.NullMarked;
