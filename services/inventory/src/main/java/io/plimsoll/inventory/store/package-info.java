/** PostgreSQL: the tables of this service, and nothing of any other. */
@NullMarked
package io.plimsoll.inventory.store;

import org.jspecify.annotations.NullMarked;
