/**
 * What people say: facts about applications and owners, approved registries, frameworks in force, attestations, waivers
 * ({@code plimsoll.declarations/v1}). Declarations may raise adoption, never lower it; they settle what no file shows, always with an
 * author and an end.
 */
@NullMarked
package io.plimsoll.kernel.declaration;

import org.jspecify.annotations.NullMarked;
