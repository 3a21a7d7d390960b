@NullMarked
package io.plimsoll.stagescoring.flow;

import org.jspecify.annotations.NullMarked;
