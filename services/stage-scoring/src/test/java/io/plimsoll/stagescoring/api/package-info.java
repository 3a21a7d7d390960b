@NullMarked
package io.plimsoll.stagescoring.api;

import org.jspecify.annotations.NullMarked;
