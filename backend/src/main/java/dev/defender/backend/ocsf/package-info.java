/* SPDX-License-Identifier: Apache-2.0 */
/** Stored records as JSON in the shape of OCSF 1.8.0; what OCSF has no place for stands under "defender". */
@NullMarked
package dev.defender.backend.ocsf;

import org.jspecify.annotations.NullMarked;
