/** What one cluster contributes: facts, subjects and evidence, from its state alone. */
@NullMarked
package io.plimsoll.assessment.cluster;

import org.jspecify.annotations.NullMarked;
