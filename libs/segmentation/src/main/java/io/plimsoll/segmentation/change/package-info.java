/** What changed between two states of a cluster, and which change explains which difference in who reaches whom. */
@NullMarked
package io.plimsoll.segmentation.change;

import org.jspecify.annotations.NullMarked;
