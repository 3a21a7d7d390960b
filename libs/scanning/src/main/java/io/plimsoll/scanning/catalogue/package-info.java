/** Files read into packages: which file is of which format, what was found, and what it adds up to. */
@NullMarked
package io.plimsoll.scanning.catalogue;

import org.jspecify.annotations.NullMarked;
