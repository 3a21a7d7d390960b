@NullMarked
package io.plimsoll.analyser;

import org.jspecify.annotations.NullMarked;
