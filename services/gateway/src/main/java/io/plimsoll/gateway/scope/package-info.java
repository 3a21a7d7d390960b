/** Names of scopes in paths of URLs. */
@NullMarked
package io.plimsoll.gateway.scope;

import org.jspecify.annotations.NullMarked;
