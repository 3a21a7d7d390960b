/** Who reaches whom as boxes and arrows that people can look at: pairs are added up, part by part, and never stored. */
@NullMarked
package io.plimsoll.segmentation.picture;

import org.jspecify.annotations.NullMarked;
