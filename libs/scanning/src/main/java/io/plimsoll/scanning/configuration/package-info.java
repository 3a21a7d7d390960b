/** What an image's configuration says about how it will run, after section 4 of the CIS Docker benchmark. */
@NullMarked
package io.plimsoll.scanning.configuration;

import org.jspecify.annotations.NullMarked;
