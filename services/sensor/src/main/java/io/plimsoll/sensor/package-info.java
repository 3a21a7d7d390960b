/**
 * The collector in a cluster: reads what its permissions grant, keeps hashes, tells inventory what changed. It asks the API server with GET and
 * nothing else, so nothing is ever written there.
 *
 * <ul>
 *   <li>{@code api}: the Kubernetes API, asked
 *   <li>{@code watch}: one watcher a kind, and which kinds there are
 *   <li>{@code uplink}: the stream to inventory
 *   <li>{@code health}: whether it works
 * </ul>
 */
@NullMarked
package io.plimsoll.sensor;

import org.jspecify.annotations.NullMarked;
