/** Files, folders and standard input to cluster states. */
@NullMarked
package io.plimsoll.cli.input;

import org.jspecify.annotations.NullMarked;
