/** Ways in, case by case. */
@NullMarked
package io.plimsoll.segmentation.entry;

import org.jspecify.annotations.NullMarked;
