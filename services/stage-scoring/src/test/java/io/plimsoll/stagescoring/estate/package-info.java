/** Whole estates, and a log and stores in memory for them. */
@NullMarked
package io.plimsoll.stagescoring.estate;

import org.jspecify.annotations.NullMarked;
