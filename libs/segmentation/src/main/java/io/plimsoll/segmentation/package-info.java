/**
 * Who may reach whom in a cluster, and whom its policies really isolate.
 *
 * <ul>
 *   <li>{@code policy}: what a policy says: selectors, peers, port sets, and what of it cannot be read
 *   <li>{@code topology}: who is there: classes of pods that no policy tells apart, ranges of external addresses
 *   <li>{@code reach}: who reaches whom: one row per profile of grants, pairs looked up, never stored
 *   <li>{@code entry}: what leads into the cluster, and to which ports of which pods
 *   <li>{@code blast}: how far trouble spreads, over which hubs, and from the Internet to what is sensitive
 *   <li>{@code idle}: policies and rules that decide nothing here, and who decides in their place
 *   <li>{@code change}: what changed between two states, and which change explains which difference
 *   <li>{@code metrics}: how well the cluster is segmented, as figures with bounds
 *   <li>{@code isolation}: whom the policies protect in effect, as evidence
 * </ul>
 */
@NullMarked
package io.plimsoll.segmentation;

import org.jspecify.annotations.NullMarked;
