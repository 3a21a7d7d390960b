@NullMarked
package io.plimsoll.embedded.service;

import org.jspecify.annotations.NullMarked;
