@NullMarked
package io.plimsoll.problem;

import org.jspecify.annotations.NullMarked;
