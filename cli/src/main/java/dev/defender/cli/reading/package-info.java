/* SPDX-License-Identifier: Apache-2.0 */
/** Commands that read what the backend has: alerts and the loss ledger. */
@NullMarked
package dev.defender.cli.reading;

import org.jspecify.annotations.NullMarked;
