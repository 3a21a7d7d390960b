/** An assessment as one page for people: no script, nothing fetched, readable in the dark, on paper and by ear. */
@NullMarked
package io.plimsoll.report.html;

import org.jspecify.annotations.NullMarked;
