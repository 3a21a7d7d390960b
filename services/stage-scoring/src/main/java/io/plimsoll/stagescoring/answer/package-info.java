/** What is kept so that any replica can answer any page: findings and answers, one row each, in the order they are shown. */
@NullMarked
package io.plimsoll.stagescoring.answer;

import org.jspecify.annotations.NullMarked;
