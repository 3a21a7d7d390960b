/** The function libraries that the API server adds to CEL, each with the minor version it came with, and what they may spend. */
@NullMarked
package io.plimsoll.audit.cel.library;

import org.jspecify.annotations.NullMarked;
