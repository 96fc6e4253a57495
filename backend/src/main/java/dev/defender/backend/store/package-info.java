/* SPDX-License-Identifier: Apache-2.0 */
/** What the backend asks of its storage; PostgreSQL is the first implementation. */
@NullMarked
package dev.defender.backend.store;

import org.jspecify.annotations.NullMarked;
