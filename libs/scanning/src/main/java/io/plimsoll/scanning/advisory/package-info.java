/**
 * What is known against packages: an advisory as a value, whom it concerns and in which versions.
 *
 * <ul>
 *   <li>{@code feed}: reads the published forms: OSV, KEV, EPSS, CSAF, Kubernetes
 *   <li>{@code index}: the compact form on disk that matching reads
 * </ul>
 */
@NullMarked
package io.plimsoll.scanning.advisory;

import org.jspecify.annotations.NullMarked;
