/** What was made of objects before, so that one that changed does not cost all others again. */
@NullMarked
package io.plimsoll.kubernetes.memory;

import org.jspecify.annotations.NullMarked;
