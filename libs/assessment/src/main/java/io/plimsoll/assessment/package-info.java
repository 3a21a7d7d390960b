/**
 * The one function from cluster states, model and time to stages and findings; the command line, what-if and scoring alike
 * call it, so that they cannot disagree.
 */
@NullMarked
package io.plimsoll.assessment;

import org.jspecify.annotations.NullMarked;
