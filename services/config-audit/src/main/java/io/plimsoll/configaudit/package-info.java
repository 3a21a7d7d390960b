/** Configuration judged: a thin service around its engine. */
@NullMarked
package io.plimsoll.configaudit;

import org.jspecify.annotations.NullMarked;
