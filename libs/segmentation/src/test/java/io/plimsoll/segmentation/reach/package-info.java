/** Rows, columns and what is folded into one. */
@NullMarked
package io.plimsoll.segmentation.reach;

import org.jspecify.annotations.NullMarked;
