/** One watcher a kind, and which kinds there are. */
@NullMarked
package io.plimsoll.sensor.watch;

import org.jspecify.annotations.NullMarked;
