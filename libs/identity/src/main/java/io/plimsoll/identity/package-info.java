/** Who asks, in which roles and for which teams, told by a verified token and by nothing else. */
@NullMarked
package io.plimsoll.identity;

import org.jspecify.annotations.NullMarked;
