/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.operator.status;

import org.jspecify.annotations.NullMarked;
