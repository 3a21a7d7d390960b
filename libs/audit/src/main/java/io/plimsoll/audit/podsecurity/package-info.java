/** The Pod Security Standards: which fields of a pod specification break baseline or restricted, by Kubernetes version. */
@NullMarked
package io.plimsoll.audit.podsecurity;

import org.jspecify.annotations.NullMarked;
