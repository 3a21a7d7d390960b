/**
 * The only door: REST, gRPC and server-sent events on one port. It checks who calls, reads what is uploaded within bounds,
 * and asks the services behind with the caller's own token; it stores nothing and decides nothing about scopes.
 *
 * <p>Rooms: {@code upload} what comes in as files; {@code scope} names of scopes in paths; {@code upstream} the services
 * behind; {@code answer} JSON, tags, pages and problems; {@code api} REST and events; {@code forward} gRPC.
 */
@NullMarked
package io.plimsoll.gateway;

import org.jspecify.annotations.NullMarked;
