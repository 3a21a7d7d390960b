/** Which registries may be asked, and how. */
@NullMarked
package io.plimsoll.imagescan.connector;

import org.jspecify.annotations.NullMarked;
