/** How far container use has come, from facts; never rewarded or punished. */
@NullMarked
package io.plimsoll.maturity.adoption;

import org.jspecify.annotations.NullMarked;
