/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.operator.model;

import org.jspecify.annotations.NullMarked;
