@NullMarked
package io.plimsoll.stagescoring.publish;

import org.jspecify.annotations.NullMarked;
