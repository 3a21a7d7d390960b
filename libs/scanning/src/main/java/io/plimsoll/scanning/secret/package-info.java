/** Credentials left in files, environment and history, found within bounds; never shown whole. */
@NullMarked
package io.plimsoll.scanning.secret;

import org.jspecify.annotations.NullMarked;
