/** How far trouble spreads: who is reached from whom in how many hops, through which hubs, and from the Internet to what is sensitive. */
@NullMarked
package io.plimsoll.segmentation.blast;

import org.jspecify.annotations.NullMarked;
