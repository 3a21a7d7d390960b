/** Boxes and arrows. */
@NullMarked
package io.plimsoll.segmentation.picture;

import org.jspecify.annotations.NullMarked;
