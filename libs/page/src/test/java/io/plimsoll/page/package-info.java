@NullMarked
package io.plimsoll.page;

import org.jspecify.annotations.NullMarked;
