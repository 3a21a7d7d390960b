/**
 * What is inside an image, and what is known against it. {@link io.plimsoll.scanning.ImageScan} is the front door.
 *
 * <ul>
 *   <li>{@code reference}: which image: digest, platform
 *   <li>{@code image}: its bytes: layouts, archives, layers, and the file system they add up to
 *   <li>{@code pack}: a package as a value: purl, source package, where it was seen, how surely
 *   <li>{@code catalogue}: package databases and lock files read into packages
 *   <li>{@code version}: which version is older, per ecosystem
 *   <li>{@code advisory}: feeds read, and kept as an index
 *   <li>{@code match}: packages against advisories
 *   <li>{@code vex}: what makers say about weaknesses in their software
 *   <li>{@code trust}: signatures and attestations, against keys that are given
 *   <li>{@code configuration}: what the image's configuration says about how it will run
 *   <li>{@code document}: JSON, YAML and TOML as one tree, within bounds
 *   <li>{@code secret}: credentials left in files and configuration
 *   <li>{@code sbom}: CycloneDX and SPDX, out and in
 * </ul>
 */
@NullMarked
package io.plimsoll.scanning;

import org.jspecify.annotations.NullMarked;
