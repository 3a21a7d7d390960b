@NullMarked
package io.plimsoll.networksegmentation.flow;

import org.jspecify.annotations.NullMarked;
