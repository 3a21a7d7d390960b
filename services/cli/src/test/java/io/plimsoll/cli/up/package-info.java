@NullMarked
package io.plimsoll.cli.up;

import org.jspecify.annotations.NullMarked;
