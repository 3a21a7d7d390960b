/** Who may do what: roles' rules read as the powers they give, and the way from an account through bindings to roles. */
@NullMarked
package io.plimsoll.audit.access;

import org.jspecify.annotations.NullMarked;
