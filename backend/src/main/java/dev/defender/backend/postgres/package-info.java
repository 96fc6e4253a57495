/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The embedded default database: a real PostgreSQL server that this process unpacks, initialises, starts, watches and
 * stops. Knows nothing of what is stored in it.
 */
@NullMarked
package dev.defender.backend.postgres;

import org.jspecify.annotations.NullMarked;
