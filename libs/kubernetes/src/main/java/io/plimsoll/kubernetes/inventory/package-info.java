/** One cluster's resources joined: namespaces, workloads, tiers, teams, applications. */
@NullMarked
package io.plimsoll.kubernetes.inventory;

import org.jspecify.annotations.NullMarked;
