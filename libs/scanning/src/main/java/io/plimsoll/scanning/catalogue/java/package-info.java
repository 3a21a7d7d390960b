/** Java archives, nested to any depth within bounds. */
@NullMarked
package io.plimsoll.scanning.catalogue.java;

import org.jspecify.annotations.NullMarked;
