@NullMarked
package io.plimsoll.imagescan;

import org.jspecify.annotations.NullMarked;
