/** The Kubernetes API, asked. */
@NullMarked
package io.plimsoll.sensor.api;

import org.jspecify.annotations.NullMarked;
