/**
 * Who vouches for an image: signatures and attestations attached to it, judged against keys that are given. What cannot be
 * verified is shown as unverified, with the reason; nothing is ever taken for signed on somebody's word.
 */
@NullMarked
package io.plimsoll.scanning.trust;

import org.jspecify.annotations.NullMarked;
