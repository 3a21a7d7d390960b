@NullMarked
package io.plimsoll.imagescan.flow;

import org.jspecify.annotations.NullMarked;
