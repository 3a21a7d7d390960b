/**
 * What a control is asked of, and what it may answer: objects as declared with the pods they run, the whole cluster to join
 * them with, parameters and the versions judged against.
 */
@NullMarked
package io.plimsoll.audit.control.question;

import org.jspecify.annotations.NullMarked;
