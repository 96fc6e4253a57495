/* SPDX-License-Identifier: Apache-2.0 */

/** Measures the product against a peer or a limit in the same run, and says whether the bound holds. */
@NullMarked
package dev.defender.bench;

import org.jspecify.annotations.NullMarked;
