/** What is asked of one workload by its own fields: pod security, health, and advice that never decides a stage. */
@NullMarked
package io.plimsoll.audit.workload;

import org.jspecify.annotations.NullMarked;
