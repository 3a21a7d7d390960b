/** The platform on one machine: {@code up}, {@code down} and {@code status}. */
@NullMarked
package io.plimsoll.cli.up;

import org.jspecify.annotations.NullMarked;
