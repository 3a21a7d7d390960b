/** The walls of the house, one class that every module's five-line test calls. */
@NullMarked
package io.plimsoll.archrules;

import org.jspecify.annotations.NullMarked;
