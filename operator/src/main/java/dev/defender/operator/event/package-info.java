/* SPDX-License-Identifier: Apache-2.0 */
/** Kubernetes Events: one per transition, never repeated. */
@NullMarked
package dev.defender.operator.event;

import org.jspecify.annotations.NullMarked;
