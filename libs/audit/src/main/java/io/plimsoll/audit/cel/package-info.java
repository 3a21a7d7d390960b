/**
 * CEL as the API server speaks it: an environment for one minor version of Kubernetes, the libraries Kubernetes adds, manifest
 * values as expressions meet them, and the bounds of reading and running an expression.
 */
@NullMarked
package io.plimsoll.audit.cel;

import org.jspecify.annotations.NullMarked;
