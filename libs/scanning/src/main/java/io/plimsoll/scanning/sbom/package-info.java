/** Bills of materials: CycloneDX and SPDX, out and in. */
@NullMarked
package io.plimsoll.scanning.sbom;

import org.jspecify.annotations.NullMarked;
