/* SPDX-License-Identifier: Apache-2.0 */
/** What surrounds the controller in its process: probes, metrics, stop. */
@NullMarked
package dev.defender.operator.service;

import org.jspecify.annotations.NullMarked;
