@NullMarked
package io.plimsoll.images;

import org.jspecify.annotations.NullMarked;
