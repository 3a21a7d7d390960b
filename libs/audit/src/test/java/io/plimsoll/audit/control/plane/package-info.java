@NullMarked
package io.plimsoll.audit.control.plane;

import org.jspecify.annotations.NullMarked;
