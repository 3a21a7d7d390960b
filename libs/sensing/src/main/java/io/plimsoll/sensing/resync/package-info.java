/** What two ends of a stream hold differently. */
@NullMarked
package io.plimsoll.sensing.resync;

import org.jspecify.annotations.NullMarked;
