/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.sensor;

import org.jspecify.annotations.NullMarked;
