/** The sensor between a Kubernetes API and a centre, both as their contracts say. */
@org.jspecify.annotations.NullMarked
package io.plimsoll.sensor;
