/** Controls about admission: webhooks and policies that are there, and whether they do anything. */
@NullMarked
package io.plimsoll.audit.control.admission;

import org.jspecify.annotations.NullMarked;
