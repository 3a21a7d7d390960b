/** Keycloak: built once for PostgreSQL, run on loopback, the realm brought to what the realm file says. */
@NullMarked
package io.plimsoll.embedded.keycloak;

import org.jspecify.annotations.NullMarked;
