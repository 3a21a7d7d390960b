/** Where scopes stand: a thin service around its engine. */
@NullMarked
package io.plimsoll.stagescoring;

import org.jspecify.annotations.NullMarked;
