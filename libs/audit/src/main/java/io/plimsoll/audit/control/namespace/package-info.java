/** Controls about namespaces: what lives in them and what is refused in them. */
@NullMarked
package io.plimsoll.audit.control.namespace;

import org.jspecify.annotations.NullMarked;
