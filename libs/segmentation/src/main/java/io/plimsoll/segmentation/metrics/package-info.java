/** How well a cluster is segmented, as figures with bounds; judged by who reaches whom, never by how many policies there are. */
@NullMarked
package io.plimsoll.segmentation.metrics;

import org.jspecify.annotations.NullMarked;
