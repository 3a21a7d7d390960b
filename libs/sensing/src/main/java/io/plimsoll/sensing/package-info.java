/**
 * What a sensor sees of a live cluster, remembers of it and has to tell. Pure: no network, no clock; both ends of a stream decide with it.
 *
 * <ul>
 *   <li>{@code kind}: which kinds are looked at, and what a cluster serves of them
 *   <li>{@code stream}: answers of the Kubernetes API, read object by object
 *   <li>{@code object}: one object with what nobody needs, or may have, taken away; its hash; who changed it last
 *   <li>{@code view}: a cluster as hashes, and the newest state of what is still to be told
 *   <li>{@code resync}: what differs between two ends, page by page
 * </ul>
 */
@NullMarked
package io.plimsoll.sensing;

import org.jspecify.annotations.NullMarked;
