@NullMarked
package io.plimsoll.telemetry;

import org.jspecify.annotations.NullMarked;
