/** Declarations read, and applied to evidence: attestations and waivers, each only while it is in force. */
@NullMarked
package io.plimsoll.assessment.declaration;

import org.jspecify.annotations.NullMarked;
