/** The command line: engines in one process, no broker, database or server. */
@NullMarked
package io.plimsoll.cli;

import org.jspecify.annotations.NullMarked;
