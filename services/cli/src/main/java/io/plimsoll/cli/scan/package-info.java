/** {@code plimsoll scan}: images, root file systems and bills of materials read from disk. */
@NullMarked
package io.plimsoll.cli.scan;

import org.jspecify.annotations.NullMarked;
