/* SPDX-License-Identifier: Apache-2.0 */
/** Puts the store together: a server of our own or somebody else's, the schema, and what reads and writes it. */
@NullMarked
package dev.defender.backend.database;

import org.jspecify.annotations.NullMarked;
