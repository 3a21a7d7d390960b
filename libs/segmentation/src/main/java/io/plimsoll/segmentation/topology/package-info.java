/** Who is there: classes of pods that no policy in force tells apart, and elementary ranges of external addresses. */
@NullMarked
package io.plimsoll.segmentation.topology;

import org.jspecify.annotations.NullMarked;
