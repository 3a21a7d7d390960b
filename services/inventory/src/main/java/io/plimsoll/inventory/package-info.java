/** What exists: a thin service around its engine. */
@NullMarked
package io.plimsoll.inventory;

import org.jspecify.annotations.NullMarked;
