/** JSON, YAML and TOML as one tree, read within bounds. */
@NullMarked
package io.plimsoll.scanning.document;

import org.jspecify.annotations.NullMarked;
