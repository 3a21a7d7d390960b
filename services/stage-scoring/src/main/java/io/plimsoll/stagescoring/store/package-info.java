/** PostgreSQL: contributions, rows for queries, stages, events and what is to be sent. */
@NullMarked
package io.plimsoll.stagescoring.store;

import org.jspecify.annotations.NullMarked;
