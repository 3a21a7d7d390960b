/** What is known of Kubernetes' releases: which APIs each removes, how long each is supported, which CVEs affect it. */
@NullMarked
package io.plimsoll.audit.version;

import org.jspecify.annotations.NullMarked;
