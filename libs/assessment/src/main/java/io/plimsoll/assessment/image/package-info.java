/** What is known of images as evidence: what a service read of them, what other scanners report, and what time makes of both. */
@NullMarked
package io.plimsoll.assessment.image;

import org.jspecify.annotations.NullMarked;
