/** Controls about the components of the control plane and the kubelet, read from static pods and configuration files. */
@NullMarked
package io.plimsoll.audit.control.plane;

import org.jspecify.annotations.NullMarked;
