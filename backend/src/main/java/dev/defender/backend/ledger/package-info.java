/* SPDX-License-Identifier: Apache-2.0 */
/** The loss ledger: proves, per stream, class and container, that captured = delivered + filtered + lost + in flight. */
@NullMarked
package dev.defender.backend.ledger;

import org.jspecify.annotations.NullMarked;
