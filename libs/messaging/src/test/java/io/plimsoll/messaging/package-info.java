@NullMarked
package io.plimsoll.messaging;

import org.jspecify.annotations.NullMarked;
