/** What can go wrong, said the same way by every service, in gRPC and in REST. */
@NullMarked
package io.plimsoll.problem;

import org.jspecify.annotations.NullMarked;
