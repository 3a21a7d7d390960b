/** The door as a whole, with services behind it that are fakes and tokens that a key of the tests signs. */
@NullMarked
package io.plimsoll.gateway.door;

import org.jspecify.annotations.NullMarked;
