/** Controls about ways in, ways out and references that lead nowhere. */
@NullMarked
package io.plimsoll.audit.control.network;

import org.jspecify.annotations.NullMarked;
