/** The stream to inventory. */
@NullMarked
package io.plimsoll.sensor.uplink;

import org.jspecify.annotations.NullMarked;
