/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.backend.ledger;

import org.jspecify.annotations.NullMarked;
