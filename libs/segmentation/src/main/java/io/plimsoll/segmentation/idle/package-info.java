/** Policies and rules that decide nothing here: whom they cannot reach, who decides before them, and what they leave as it is. */
@NullMarked
package io.plimsoll.segmentation.idle;

import org.jspecify.annotations.NullMarked;
