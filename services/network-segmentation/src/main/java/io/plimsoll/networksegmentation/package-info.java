/** Who can reach whom: a thin service around its engine. */
@NullMarked
package io.plimsoll.networksegmentation;

import org.jspecify.annotations.NullMarked;
