@NullMarked
package io.plimsoll.stagescoring.store;

import org.jspecify.annotations.NullMarked;
