@NullMarked
package io.plimsoll.stagescoring.answer;

import org.jspecify.annotations.NullMarked;
