@NullMarked
package io.plimsoll.networksegmentation;

import org.jspecify.annotations.NullMarked;
