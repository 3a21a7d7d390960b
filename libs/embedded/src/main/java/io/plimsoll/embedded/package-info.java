/**
 * PostgreSQL, Kafka, Keycloak and any list of services on one machine, each a process of its own on loopback.
 *
 * <pre>
 * OneMachine      the whole platform under one data folder, for {@code plimsoll up}
 * EmbeddedParts   the same parts, once for each JVM that tests
 * place/          where things lie: parts, cache, data, ports, secrets
 * supervise/      processes: started in order of need, probed, restarted, stopped in reverse
 * postgres/ kafka/ keycloak/ service/    what is particular to each
 * </pre>
 */
@NullMarked
package io.plimsoll.embedded;

import org.jspecify.annotations.NullMarked;
