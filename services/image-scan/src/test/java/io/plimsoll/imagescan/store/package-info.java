@NullMarked
package io.plimsoll.imagescan.store;

import org.jspecify.annotations.NullMarked;
