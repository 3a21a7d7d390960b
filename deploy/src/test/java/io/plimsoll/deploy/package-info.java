/** What is deployed, read by the tools that will run it and judged by the platform's own model. */
@NullMarked
package io.plimsoll.deploy;

import org.jspecify.annotations.NullMarked;
