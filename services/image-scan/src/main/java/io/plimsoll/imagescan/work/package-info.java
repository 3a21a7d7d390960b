/** The threads that read images and match them again. */
@NullMarked
package io.plimsoll.imagescan.work;

import org.jspecify.annotations.NullMarked;
