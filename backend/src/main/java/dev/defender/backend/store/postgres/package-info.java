/* SPDX-License-Identifier: Apache-2.0 */
/** Reading the store in PostgreSQL, and the partitions that its events stand in. */
@NullMarked
package dev.defender.backend.store.postgres;

import org.jspecify.annotations.NullMarked;
