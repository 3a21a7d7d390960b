/**
 * From subjects and evidence to stages. {@code model}: the versioned stage model; {@code gate}: evidence to gate results;
 * {@code adoption}: how far container use has come. Pure: no clock, no I/O; the same input gives the same answer.
 */
@NullMarked
package io.plimsoll.maturity;

import org.jspecify.annotations.NullMarked;
