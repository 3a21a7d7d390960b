/** Controls about roles and bindings. */
@NullMarked
package io.plimsoll.audit.control.rbac;

import org.jspecify.annotations.NullMarked;
