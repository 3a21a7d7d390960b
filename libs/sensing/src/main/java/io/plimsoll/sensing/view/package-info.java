/** A cluster as its sensor remembers it. */
@NullMarked
package io.plimsoll.sensing.view;

import org.jspecify.annotations.NullMarked;
