/** Who is there, and what rules cut the space of addresses into. */
@NullMarked
package io.plimsoll.segmentation.topology;

import org.jspecify.annotations.NullMarked;
