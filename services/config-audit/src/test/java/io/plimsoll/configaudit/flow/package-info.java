@NullMarked
package io.plimsoll.configaudit.flow;

import org.jspecify.annotations.NullMarked;
