/** Which image: a digest that content is checked against, a platform of an index. */
@NullMarked
package io.plimsoll.scanning.reference;

import org.jspecify.annotations.NullMarked;
