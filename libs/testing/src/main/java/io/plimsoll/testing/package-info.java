/** What tests share: where the cases are, and golden files. */
@NullMarked
package io.plimsoll.testing;

import org.jspecify.annotations.NullMarked;
