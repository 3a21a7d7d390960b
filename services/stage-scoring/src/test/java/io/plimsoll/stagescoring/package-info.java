@NullMarked
package io.plimsoll.stagescoring;

import org.jspecify.annotations.NullMarked;
