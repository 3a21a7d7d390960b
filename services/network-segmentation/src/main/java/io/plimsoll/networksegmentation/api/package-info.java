/** The gRPC door: what may be asked, by whom, and in which words the answer comes. */
@NullMarked
package io.plimsoll.networksegmentation.api;

import org.jspecify.annotations.NullMarked;
