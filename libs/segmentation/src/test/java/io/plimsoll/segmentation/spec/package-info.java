/** Small cases, each from one sentence of a specification. */
@NullMarked
package io.plimsoll.segmentation.spec;

import org.jspecify.annotations.NullMarked;
