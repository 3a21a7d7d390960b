/** The platform as its users meet it: real parts, one process each, through the gateway. */
@NullMarked
package io.plimsoll.endtoend;

import org.jspecify.annotations.NullMarked;
