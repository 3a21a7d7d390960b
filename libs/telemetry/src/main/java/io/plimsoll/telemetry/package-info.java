/** One dictionary: names of metrics and keys of log lines. */
@NullMarked
package io.plimsoll.telemetry;

import org.jspecify.annotations.NullMarked;
