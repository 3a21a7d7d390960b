/** One assessment: what is read, judged and printed. */
@NullMarked
package io.plimsoll.cli.assess;

import org.jspecify.annotations.NullMarked;
