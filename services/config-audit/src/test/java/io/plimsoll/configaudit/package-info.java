@NullMarked
package io.plimsoll.configaudit;

import org.jspecify.annotations.NullMarked;
