/** An image's bytes: layouts, archives, manifests, layers as streams, and the file system the layers add up to. */
@NullMarked
package io.plimsoll.scanning.image;

import org.jspecify.annotations.NullMarked;
