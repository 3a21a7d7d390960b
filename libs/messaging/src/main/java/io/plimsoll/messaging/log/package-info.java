/** Records in and out, and the broker behind them. */
@NullMarked
package io.plimsoll.messaging.log;

import org.jspecify.annotations.NullMarked;
