/** Controls about images, namespaces, bindings, entries and clusters: what needs more than one object to be judged. */
@NullMarked
package io.plimsoll.audit.estate;

import org.jspecify.annotations.NullMarked;
