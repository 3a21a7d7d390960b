/** {@code plimsoll feeds}: advisory feeds imported into one index, carried over an air gap, and how old they are. */
@NullMarked
package io.plimsoll.cli.feeds;

import org.jspecify.annotations.NullMarked;
