@NullMarked
package io.plimsoll.messaging.lease;

import org.jspecify.annotations.NullMarked;
