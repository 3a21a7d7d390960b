/** How long it takes from one object that changed to what is published of it. */
@NullMarked
package io.plimsoll.configaudit.bench;

import org.jspecify.annotations.NullMarked;
