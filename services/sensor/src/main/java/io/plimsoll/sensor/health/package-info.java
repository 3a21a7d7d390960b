/** Whether the sensor works. */
@NullMarked
package io.plimsoll.sensor.health;

import org.jspecify.annotations.NullMarked;
