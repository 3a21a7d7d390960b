/** Lock files and installed metadata of languages' package managers. */
@NullMarked
package io.plimsoll.scanning.catalogue.language;

import org.jspecify.annotations.NullMarked;
