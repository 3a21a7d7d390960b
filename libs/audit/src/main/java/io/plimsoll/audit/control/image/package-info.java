/** Controls about where images come from, how they are named and what their configuration says. */
@NullMarked
package io.plimsoll.audit.control.image;

import org.jspecify.annotations.NullMarked;
