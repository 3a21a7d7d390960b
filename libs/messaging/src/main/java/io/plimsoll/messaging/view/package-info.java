/** What a writer said, applied at its marks. */
@NullMarked
package io.plimsoll.messaging.view;

import org.jspecify.annotations.NullMarked;
