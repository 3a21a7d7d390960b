/** Which kinds are looked at. */
@NullMarked
package io.plimsoll.sensing.kind;

import org.jspecify.annotations.NullMarked;
