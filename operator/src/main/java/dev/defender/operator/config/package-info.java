/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the chart hands to the operator: {@code operator.yaml}, read once.
 */
@NullMarked
package dev.defender.operator.config;

import org.jspecify.annotations.NullMarked;
