/** A service's own tables: migrated with patience, read and written in plain SQL. */
@NullMarked
package io.plimsoll.store;

import org.jspecify.annotations.NullMarked;
