/**
 * Security tools: which of the add-on catalogue run in a cluster, whom they were made for, and whether they have effect. What
 * makes one effective is data ({@code tools.yaml}); being there is not enough.
 */
@NullMarked
package io.plimsoll.audit.tool;

import org.jspecify.annotations.NullMarked;
