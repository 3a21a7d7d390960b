/** Whether it can work, and how far behind the topics are. */
@NullMarked
package io.plimsoll.inventory.health;

import org.jspecify.annotations.NullMarked;
