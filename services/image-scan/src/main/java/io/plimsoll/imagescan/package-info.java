/** What is in images: a thin service around its engine. */
@NullMarked
package io.plimsoll.imagescan;

import org.jspecify.annotations.NullMarked;
