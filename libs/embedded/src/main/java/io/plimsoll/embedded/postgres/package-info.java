/** PostgreSQL: unpacked, initialised and run as an unprivileged user; a role and a schema for each service. */
@NullMarked
package io.plimsoll.embedded.postgres;

import org.jspecify.annotations.NullMarked;
