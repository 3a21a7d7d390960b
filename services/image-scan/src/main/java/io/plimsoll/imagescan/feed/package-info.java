/** The feeds of known weaknesses, as they were imported. */
@NullMarked
package io.plimsoll.imagescan.feed;

import org.jspecify.annotations.NullMarked;
