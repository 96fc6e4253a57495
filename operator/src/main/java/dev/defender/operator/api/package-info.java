/* SPDX-License-Identifier: Apache-2.0 */
/** The custom resource: types from which the CRD is generated. Additive changes only. Nothing here does I/O. */
@NullMarked
package dev.defender.operator.api;

import org.jspecify.annotations.NullMarked;
