/** One owner for each partition, and where it answers. */
@NullMarked
package io.plimsoll.messaging.lease;

import org.jspecify.annotations.NullMarked;
