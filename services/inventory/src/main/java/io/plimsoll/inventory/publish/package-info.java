/** From what is kept to records, and from the outbox to the topics. */
@NullMarked
package io.plimsoll.inventory.publish;

import org.jspecify.annotations.NullMarked;
