@NullMarked
package io.plimsoll.inventory;

import org.jspecify.annotations.NullMarked;
