/** What is known of images, in this service's own tables. */
@NullMarked
package io.plimsoll.imagescan.store;

import org.jspecify.annotations.NullMarked;
