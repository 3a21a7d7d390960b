@NullMarked
package io.plimsoll.networksegmentation.api;

import org.jspecify.annotations.NullMarked;
