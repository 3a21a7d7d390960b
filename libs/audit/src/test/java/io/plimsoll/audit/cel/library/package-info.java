@NullMarked
package io.plimsoll.audit.cel.library;

import org.jspecify.annotations.NullMarked;
