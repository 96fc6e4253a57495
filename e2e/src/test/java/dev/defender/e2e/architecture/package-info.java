/* SPDX-License-Identifier: Apache-2.0 */

/** What the source tree promises about itself: who imports whom, names, licences, the contract's stability. */
@NullMarked
package dev.defender.e2e.architecture;

import org.jspecify.annotations.NullMarked;
