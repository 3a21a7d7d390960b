/**
 * Which version is older: the order of each ecosystem, as its own tools have it. A text that is no version of its
 * ecosystem is a {@link io.plimsoll.scanning.version.NotAVersion}, never quietly put somewhere.
 */
@NullMarked
package io.plimsoll.scanning.version;

import org.jspecify.annotations.NullMarked;
