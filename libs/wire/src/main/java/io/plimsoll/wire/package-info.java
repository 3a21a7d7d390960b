/**
 * Between the kernel's words and the bytes of the contracts: topic keys, versions, and one codec a payload. Only this room knows both sides;
 * services pass bytes on or words, never generated types they mapped themselves.
 */
@NullMarked
package io.plimsoll.wire;

import org.jspecify.annotations.NullMarked;
