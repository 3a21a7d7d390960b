@NullMarked
package io.plimsoll.stagescoring.health;

import org.jspecify.annotations.NullMarked;
