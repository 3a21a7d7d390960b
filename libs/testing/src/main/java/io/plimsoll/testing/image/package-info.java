/** The real image of the end-to-end tests, and the real registry it is pushed to. */
@NullMarked
package io.plimsoll.testing.image;

import org.jspecify.annotations.NullMarked;
