@NullMarked
package io.plimsoll.identity;

import org.jspecify.annotations.NullMarked;
