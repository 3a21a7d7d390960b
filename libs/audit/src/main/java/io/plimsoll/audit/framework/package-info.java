/** Frameworks as data, and what controls say of each of their ids. */
@NullMarked
package io.plimsoll.audit.framework;

import org.jspecify.annotations.NullMarked;
