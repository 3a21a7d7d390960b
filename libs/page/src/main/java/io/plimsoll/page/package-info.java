/** Pages of lists, the same for every service. */
@NullMarked
package io.plimsoll.page;

import org.jspecify.annotations.NullMarked;
