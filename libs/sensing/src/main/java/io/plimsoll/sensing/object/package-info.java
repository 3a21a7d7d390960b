/** One object as it leaves a cluster. */
@NullMarked
package io.plimsoll.sensing.object;

import org.jspecify.annotations.NullMarked;
