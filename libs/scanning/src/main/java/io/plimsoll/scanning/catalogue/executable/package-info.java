/** What linkers leave in executables: Go's build information, Rust's audit section. */
@NullMarked
package io.plimsoll.scanning.catalogue.executable;

import org.jspecify.annotations.NullMarked;
