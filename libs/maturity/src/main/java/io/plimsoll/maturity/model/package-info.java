/** The stage model as data: gates, populations, thresholds, each citing its sentence. */
@NullMarked
package io.plimsoll.maturity.model;

import org.jspecify.annotations.NullMarked;
