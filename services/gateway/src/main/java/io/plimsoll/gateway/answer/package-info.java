/** What is answered: JSON, entity tags, pages and problems. */
@NullMarked
package io.plimsoll.gateway.answer;

import org.jspecify.annotations.NullMarked;
