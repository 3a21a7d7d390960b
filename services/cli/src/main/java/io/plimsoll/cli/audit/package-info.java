/** {@code plimsoll audit}: every control asked of every object, and how the answers are written. */
@NullMarked
package io.plimsoll.cli.audit;

import org.jspecify.annotations.NullMarked;
