@NullMarked
package io.plimsoll.messaging.log;

import org.jspecify.annotations.NullMarked;
