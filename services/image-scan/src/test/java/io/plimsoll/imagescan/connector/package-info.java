@NullMarked
package io.plimsoll.imagescan.connector;

import org.jspecify.annotations.NullMarked;
