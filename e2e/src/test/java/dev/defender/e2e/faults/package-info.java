/* SPDX-License-Identifier: Apache-2.0 */

/** The real programs under load while one of them dies: the ledger must close and say what it cost. */
@NullMarked
package dev.defender.e2e.faults;

import org.jspecify.annotations.NullMarked;
