/** Readiness that means something, and figures. */
@NullMarked
package io.plimsoll.stagescoring.health;

import org.jspecify.annotations.NullMarked;
