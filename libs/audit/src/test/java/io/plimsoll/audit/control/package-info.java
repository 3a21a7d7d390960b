/** Tests of the controls: their examples, their two engines, and what other tools' cases say of them. */
@NullMarked
package io.plimsoll.audit.control;

import org.jspecify.annotations.NullMarked;
