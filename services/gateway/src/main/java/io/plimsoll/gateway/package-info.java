/** The only door: a thin service around its engine. */
@NullMarked
package io.plimsoll.gateway;

import org.jspecify.annotations.NullMarked;
