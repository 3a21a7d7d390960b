@NullMarked
package io.plimsoll.store;

import org.jspecify.annotations.NullMarked;
