/** Ways in, case by case. */
@NullMarked
package io.plimsoll.kubernetes.exposure;

import org.jspecify.annotations.NullMarked;
