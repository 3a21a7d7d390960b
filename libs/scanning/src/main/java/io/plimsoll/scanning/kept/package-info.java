/** What was read of an image, written down to be asked again without another pull. */
@NullMarked
package io.plimsoll.scanning.kept;

import org.jspecify.annotations.NullMarked;
